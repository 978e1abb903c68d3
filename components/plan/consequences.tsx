import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { Consequence } from '@/lib/plan/plan'
import { cn } from '../ui/class-names'

const glyphs = { info: Info, warn: TriangleAlert, danger: CircleAlert } as const
const frames = {
  info: 'border-line-strong bg-sunk [&_svg]:text-ink-soft',
  warn: 'border-warn/50 bg-warn-soft [&_svg]:text-warn-ink',
  danger: 'border-bad/50 bg-bad-soft [&_svg]:text-bad-ink',
} as const
const words = { info: 'Good to know', warn: 'Careful', danger: 'This breaks something' } as const
const weight = { danger: 0, warn: 1, info: 2 } as const

/** What else happens when a plan runs; what breaks comes first. */
export function Consequences({ consequences }: { consequences: readonly Consequence[] }) {
  if (consequences.length === 0) return null
  const sorted = consequences.toSorted((a, b) => weight[a.tone] - weight[b.tone])
  return (
    <ul aria-label="What else happens" className="flex flex-col gap-1.5">
      {sorted.map((each) => {
        const Glyph = glyphs[each.tone]
        return (
          <li
            key={each.text}
            data-tone={each.tone}
            className={cn(
              'flex gap-2 rounded-control border px-3 py-1.5 text-ink text-sm [&_svg]:mt-[3px] [&_svg]:size-3.5 [&_svg]:shrink-0',
              frames[each.tone],
            )}
          >
            <Glyph aria-hidden />
            <span className="wrap-anywhere min-w-0">
              <span className="sr-only">{words[each.tone]}: </span>
              {each.text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
