'use client'

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Keyboard } from 'react-aria-components/Keyboard'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps as AriaMenuItemProps,
  MenuTrigger as AriaMenuTrigger,
  type MenuProps,
  type MenuTriggerProps,
} from 'react-aria-components/Menu'
import { Text } from 'react-aria-components/Text'
import { cn } from './class-names'
import { Kbd } from './kbd'
import { Popover } from './popover'

export const itemStyle =
  'group flex min-h-7 cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-ink text-sm outline-none ' +
  'data-focused:bg-accent-soft data-disabled:opacity-45 [&_svg]:size-3.5 [&_svg]:shrink-0'

/** First child: the button. Second child: a `Menu`. */
export function MenuTrigger(props: MenuTriggerProps) {
  return <AriaMenuTrigger {...props} />
}

export function Menu<T extends object>({
  placement = 'bottom start',
  ...props
}: Omit<MenuProps<T>, 'className'> & { placement?: 'bottom start' | 'bottom end' | 'top end' }) {
  return (
    <Popover placement={placement} className="min-w-44">
      <AriaMenu {...props} className="max-h-80 overflow-auto p-1 outline-none" />
    </Popover>
  )
}

export type MenuItemProps = Omit<AriaMenuItemProps, 'className' | 'children'> & {
  icon?: ReactNode
  /** Second line, quieter. */
  hint?: string
  shortcut?: string
  tone?: 'plain' | 'danger'
  children: ReactNode
}

export function MenuItem({ icon, hint, shortcut, tone = 'plain', children, ...props }: MenuItemProps) {
  return (
    <AriaMenuItem
      textValue={typeof children === 'string' ? children : props.textValue}
      {...props}
      className={cn(itemStyle, tone === 'danger' && 'text-bad-ink')}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode !== 'none' && (
            <Check aria-hidden className={cn('text-accent-ink', !isSelected && 'invisible')} />
          )}
          {icon && <span className="text-ink-soft">{icon}</span>}
          <span className="flex min-w-0 flex-1 flex-col">
            <Text slot="label" className="truncate">
              {children}
            </Text>
            {hint && (
              <Text slot="description" className="truncate text-ink-soft text-xs">
                {hint}
              </Text>
            )}
          </span>
          {shortcut && (
            <Keyboard className="contents">
              <Kbd>{shortcut}</Kbd>
            </Keyboard>
          )}
        </>
      )}
    </AriaMenuItem>
  )
}
