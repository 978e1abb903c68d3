'use client'

import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem, type ListBoxItemProps } from 'react-aria-components/ListBox'
import {
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  SelectValue,
} from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { cn } from './class-names'
import { FieldError, FieldHint, FieldLabel } from './field'
import { type ControlSize, controlHeight, inputStyle } from './input-style'
import { itemStyle } from './menu'
import { Popover } from './popover'

export type SelectProps<T extends object> = Omit<AriaSelectProps<T>, 'className' | 'children'> & {
  /** Leave out on bars and give `aria-label` instead. */
  label?: string
  hint?: string
  error?: string
  size?: ControlSize
  mono?: boolean
  items?: Iterable<T>
  /** `SelectItem`s, or a function from item to `SelectItem`. */
  children: ReactNode | ((item: T) => ReactNode)
  className?: string
}

export function Select<T extends object>(props: SelectProps<T>) {
  const { label, hint, error, size = 'form', mono, items, children, className, ...rest } = props
  return (
    // It says of itself that it is focused, but the ring belongs to its button alone.
    <AriaSelect
      {...rest}
      isInvalid={error ? true : rest.isInvalid}
      className={cn('flex min-w-0 flex-col gap-1.5 outline-none', className)}
    >
      {label && <FieldLabel>{label}</FieldLabel>}
      <Button
        className={cn(
          inputStyle,
          controlHeight[size],
          'flex items-center gap-2 text-left data-focus-visible:border-accent',
          mono && 'font-mono text-xs',
        )}
      >
        <SelectValue
          className={cn(
            // A bar has room for the name alone; the list tells the rest.
            size === 'bar' && '[&_[slot=description]]:hidden',
            'flex min-w-0 flex-1 items-center gap-2 truncate data-placeholder:text-ink-soft [&>span]:min-w-0 [&>span]:shrink-0 [&>span:last-child]:flex-row [&>span:last-child]:items-baseline [&>span:last-child]:gap-2 [&_[slot=description]]:text-sm [&_svg]:size-3.5',
          )}
        />
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-soft" />
      </Button>
      {hint && <FieldHint>{hint}</FieldHint>}
      <FieldError>{error}</FieldError>
      <Popover className="min-w-(--trigger-width)">
        <ListBox items={items} className="max-h-80 overflow-auto p-1 outline-none">
          {children}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

export type SelectItemProps = Omit<ListBoxItemProps, 'className' | 'children'> & {
  icon?: ReactNode
  hint?: string
  mono?: boolean
  children: string
}

export function SelectItem({ icon, hint, mono, children, ...props }: SelectItemProps) {
  return (
    <ListBoxItem textValue={children} {...props} className={cn(itemStyle, 'data-selected:font-medium')}>
      {icon && <span className="text-ink-soft">{icon}</span>}
      <span className="flex min-w-0 flex-1 flex-col">
        <Text slot="label" className={cn('truncate', mono && 'font-mono text-xs')}>
          {children}
        </Text>
        {hint && (
          <Text slot="description" className="truncate font-normal text-ink-soft text-xs">
            {hint}
          </Text>
        )}
      </span>
    </ListBoxItem>
  )
}
