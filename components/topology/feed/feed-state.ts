import type { FeedStatus } from '@/lib/topology/model'

/** What the stream told about itself; the map it carries lives beside it in the query cache. */
export type FeedState = {
  readonly connection: 'connecting' | 'open' | 'broken'
  /** When the stream broke; null while it stands. */
  readonly brokenAtMs: number | null
  /** The server's last word on its own readings. */
  readonly status: FeedStatus | null
  /** Newest reading heard of, by snapshot, patch or status. */
  readonly readAtMs: number | null
  /** What the console answered when it refused the stream; null when it simply did not answer. */
  readonly refusal: string | null
}

export type FeedSignal =
  | { readonly kind: 'opened' }
  | { readonly kind: 'broke'; readonly atMs: number; readonly refusal?: string }
  | { readonly kind: 'status'; readonly status: FeedStatus }
  | { readonly kind: 'reading'; readonly readAtMs: number }

export const firstFeedState: FeedState = {
  connection: 'connecting',
  brokenAtMs: null,
  status: null,
  readAtMs: null,
  refusal: null,
}

export function nextFeedState(state: FeedState, signal: FeedSignal): FeedState {
  switch (signal.kind) {
    case 'opened':
      return { ...state, connection: 'open', brokenAtMs: null, refusal: null }
    case 'broke':
      return {
        ...state,
        connection: 'broken',
        brokenAtMs: state.brokenAtMs ?? signal.atMs,
        refusal: signal.refusal ?? state.refusal,
      }
    case 'status':
      return { ...state, status: signal.status, readAtMs: newest(state.readAtMs, signal.status.readAtMs) }
    case 'reading':
      return { ...state, readAtMs: newest(state.readAtMs, signal.readAtMs) }
  }
}

function newest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
