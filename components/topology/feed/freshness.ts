import type { Hole } from '@/lib/inventory/model'
import type { FeedState } from './feed-state'

/** How far the picture can be trusted right now. Ages are milliseconds since the last reading, null before the first. */
export type Freshness =
  | { readonly kind: 'connecting'; readonly ageMs: null }
  | { readonly kind: 'live'; readonly ageMs: number }
  | { readonly kind: 'reconnecting'; readonly ageMs: number | null }
  | { readonly kind: 'stale'; readonly ageMs: number }
  | { readonly kind: 'failed'; readonly ageMs: number | null; readonly failure: Failure }

export type Failure = Pick<Hole, 'operation' | 'errorName' | 'message' | 'remedy'>

/** A reconnect that lasts longer than this is a failure worth a reason. */
const patienceMs = 6_000
/** Readings may be this many intervals late before the picture counts as stale. */
const lateIntervals = 4
const leastLateMs = 5_000

export function judgeFreshness(state: FeedState, nowMs: number): Freshness {
  const ageMs = state.readAtMs === null ? null : Math.max(0, nowMs - state.readAtMs)
  if (state.connection === 'broken') {
    const brokenForMs = nowMs - (state.brokenAtMs ?? nowMs)
    if (brokenForMs < patienceMs && state.refusal === null) return { kind: 'reconnecting', ageMs }
    return { kind: 'failed', ageMs, failure: streamFailure(state.refusal) }
  }
  if (state.status?.failure) return { kind: 'failed', ageMs, failure: state.status.failure }
  if (ageMs === null) return { kind: 'connecting', ageMs }
  const lateMs = Math.max(leastLateMs, lateIntervals * (state.status?.intervalMs ?? 0))
  return ageMs > lateMs ? { kind: 'stale', ageMs } : { kind: 'live', ageMs }
}

function streamFailure(refusal: string | null): Failure {
  return {
    operation: 'GET /api/topology/stream',
    errorName: refusal ? 'StreamRefused' : 'ConsoleUnreachable',
    message: refusal
      ? `The console refused the live stream: ${refusal}`
      : 'The console does not answer, so the map cannot be kept up to date.',
    remedy: refusal
      ? 'Reload the page; if it asks for a token, open the address that npm start printed.'
      : 'Look at the terminal where npm start runs, and start it again if it ended. This page reconnects by itself.',
  }
}
