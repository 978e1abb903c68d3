'use client'

import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover'
import { cn } from './class-names'

/** The floating sheet under selects, menus and badges. */
export function Popover({
  className,
  ...props
}: Omit<AriaPopoverProps, 'className'> & { className?: string }) {
  return (
    <AriaPopover
      offset={6}
      {...props}
      className={cn('animate-rise overflow-auto rounded-card bg-raised shadow-float outline-none', className)}
    />
  )
}
