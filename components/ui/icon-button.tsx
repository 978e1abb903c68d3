'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button'
import { cn } from './class-names'
import { Tooltip } from './tooltip'

export type IconButtonProps = Omit<ButtonProps, 'children' | 'aria-label'> & {
  /** Spoken, and shown as a tooltip. */
  label: string
  /** Shown after the label in the tooltip, for example `?`. */
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  children: ReactNode
}

/** A square button that shows a glyph only; its name is in the tooltip. */
export function IconButton({ label, shortcut, side, className, tone = 'quiet', ...props }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={side}>
      <Button
        {...props}
        tone={tone}
        aria-label={label}
        className={cn('size-7 px-0 [&_svg]:size-4', className)}
      />
    </Tooltip>
  )
}
