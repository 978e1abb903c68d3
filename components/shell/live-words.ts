import type { Freshness } from '../topology/feed/freshness'
import { formatAge } from '../ui/age'

export type LiveWords = {
  /** In the bar. */
  readonly text: string
  readonly tone: 'ok' | 'busy' | 'warn' | 'bad'
  /** Spoken when the kind changes; ages are left out, or it would never be quiet. */
  readonly spoken: string
}

export function describeFreshness(freshness: Freshness): LiveWords {
  switch (freshness.kind) {
    case 'connecting':
      return { text: 'connecting', tone: 'busy', spoken: 'Connecting' }
    case 'live':
      return { text: `live · ${formatAge(freshness.ageMs)}`, tone: 'ok', spoken: 'The map is live' }
    case 'reconnecting':
      return { text: withAge('reconnecting', freshness.ageMs), tone: 'busy', spoken: 'Reconnecting' }
    case 'stale':
      return { text: withAge('stale', freshness.ageMs), tone: 'warn', spoken: 'The map is stale' }
    case 'failed':
      return {
        text: freshness.ageMs === null ? 'cannot read' : `last read ${formatAge(freshness.ageMs)} ago`,
        tone: 'bad',
        spoken: `The map cannot be read: ${freshness.failure.message}`,
      }
  }
}

function withAge(word: string, ageMs: number | null): string {
  return ageMs === null ? word : `${word} · ${formatAge(ageMs)}`
}
