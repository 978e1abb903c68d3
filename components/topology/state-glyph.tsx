import { Check, CircleSlash, OctagonAlert, RefreshCw, TriangleAlert } from 'lucide-react'
import type { State } from '@/lib/topology/model'

const glyphs = {
  ok: Check,
  busy: RefreshCw,
  warn: TriangleAlert,
  bad: OctagonAlert,
  off: CircleSlash,
} as const

/** A sign per state, so that colour is never the only one to tell it. */
export function StateGlyph({ state, className }: { state: State; className?: string }) {
  const Glyph = glyphs[state]
  return <Glyph aria-hidden className={className} />
}
