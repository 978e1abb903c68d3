import { Check, CircleSlash, OctagonAlert, RefreshCw, TriangleAlert } from 'lucide-react'
import type { State } from '@/lib/topology/model'

const glyphs = {
  ok: Check,
  busy: RefreshCw,
  warn: TriangleAlert,
  bad: OctagonAlert,
  off: CircleSlash,
} as const

const colours: Record<State, string> = {
  ok: 'text-ok',
  busy: 'text-busy',
  warn: 'text-warn',
  bad: 'text-bad',
  off: 'text-off',
}

/** The colour that goes with the sign, where the sign stands beside plain text. */
export function stateColour(state: State): string {
  return colours[state]
}

/** A sign per state, so that colour is never the only one to tell it. */
export function StateGlyph({ state, className }: { state: State; className?: string }) {
  const Glyph = glyphs[state]
  return <Glyph aria-hidden className={className} />
}
