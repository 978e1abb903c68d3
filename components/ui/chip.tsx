import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { cn } from './class-names'

const chipStyle = cva(
  'inline-flex h-5 min-w-0 shrink-0 items-center gap-1 whitespace-nowrap rounded-chip px-1.5 text-2xs [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        ok: 'bg-ok-soft text-ok-ink',
        busy: 'bg-busy-soft text-busy-ink',
        warn: 'bg-warn-soft text-warn-ink',
        bad: 'bg-bad-soft text-bad-ink',
        off: 'bg-off-soft text-off-ink',
        accent: 'bg-accent-soft text-accent-ink',
        outline: 'border border-line-strong text-ink-soft',
      },
    },
    defaultVariants: { tone: 'off' },
  },
)

export type ChipProps = VariantProps<typeof chipStyle> & {
  children: ReactNode
  icon?: ReactNode
  title?: string
  className?: string
}

/** A small word of state or kind. The word carries the meaning, the colour only helps. */
export function Chip({ tone, icon, children, title, className }: ChipProps) {
  return (
    <span title={title} className={cn(chipStyle({ tone }), className)}>
      {icon}
      {children}
    </span>
  )
}
