'use client'

import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
  type TabListProps,
  type TabPanelProps,
  type TabProps,
  type TabsProps,
} from 'react-aria-components/Tabs'
import { cn } from './class-names'

type Styled<T> = Omit<T, 'className'> & { className?: string }

export function Tabs({ className, ...props }: Styled<TabsProps>) {
  return <AriaTabs {...props} className={cn('flex min-h-0 flex-col', className)} />
}

export function TabList<T extends object>({ className, ...props }: Styled<TabListProps<T>>) {
  return <AriaTabList {...props} className={cn('flex gap-4 border-line border-b', className)} />
}

export function Tab({ className, ...props }: Styled<TabProps>) {
  return (
    <AriaTab
      {...props}
      className={cn(
        '-mb-px flex h-9 cursor-default select-none items-center gap-1.5 border-transparent border-b-2 text-ink-soft text-sm transition-colors',
        'data-hovered:text-ink data-selected:border-accent data-selected:font-medium data-selected:text-ink',
        className,
      )}
    />
  )
}

export function TabPanel({ className, ...props }: Styled<TabPanelProps>) {
  return <AriaTabPanel {...props} className={cn('min-h-0 flex-1 outline-none', className)} />
}
