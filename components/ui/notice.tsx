import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

type NoticeProps = {
  tone: 'info' | 'warn' | 'bad'
  title: string
  /** `alert` when it came up by itself and must be heard. */
  role?: 'alert' | 'status' | 'note'
  children?: ReactNode
  actions?: ReactNode
  className?: string
}

const frames = {
  info: 'border-line-strong bg-sunk text-ink-soft',
  warn: 'border-warn/50 bg-warn-soft text-ink-soft',
  bad: 'border-bad/50 bg-bad-soft text-ink-soft',
} as const

const glyphs = { info: Info, warn: TriangleAlert, bad: CircleAlert } as const
const glyphColours = { info: 'text-ink-soft', warn: 'text-warn-ink', bad: 'text-bad-ink' } as const

/** Something to know before going on, with what can be done about it. */
export function Notice({ tone, title, role = 'note', children, actions, className }: NoticeProps) {
  const Glyph = glyphs[tone]
  return (
    <div role={role} className={cn('flex gap-2.5 rounded-card border px-3 py-2.5', frames[tone], className)}>
      <Glyph aria-hidden className={cn('mt-0.5 size-4 shrink-0', glyphColours[tone])} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 text-sm">
        <span className="wrap-anywhere font-medium text-ink">{title}</span>
        {children}
        {actions && <span className="mt-1 flex flex-wrap gap-2">{actions}</span>}
      </div>
    </div>
  )
}
