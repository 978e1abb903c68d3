'use client'

import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { Kbd } from './kbd'

type TooltipProps = {
  text: string
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** One focusable element of react-aria. */
  children: ReactElement
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={50}>
      {children}
      <AriaTooltip
        placement={side}
        offset={6}
        className="flex max-w-72 animate-appear items-center gap-2 rounded-control bg-raised px-2 py-1 text-ink text-xs shadow-float"
      >
        {text}
        {shortcut && <Kbd>{shortcut}</Kbd>}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
