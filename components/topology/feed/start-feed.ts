import { type QueryClient, replaceEqualDeep } from '@tanstack/react-query'
import { applyPatch } from '@/lib/topology/apply-patch'
import type { FeedStatus, Topology, TopologyPatch } from '@/lib/topology/model'
import { type FeedSignal, type FeedState, firstFeedState, nextFeedState } from './feed-state'

export const topologyKey = ['topology'] as const
export const feedKey = ['topology', 'feed'] as const

/** The part of the browser's EventSource that the feed needs. */
export type Stream = {
  readonly readyState: number
  readonly addEventListener: (name: string, listen: (event: Event) => void) => void
  readonly close: () => void
}

export type FeedWorld = {
  readonly connect: () => Stream
  /** Says why the console refuses, or null when it does not answer at all. */
  readonly askWhy: () => Promise<string | null>
  readonly nowMs: () => number
  /** Calls back after a while; returns how to call it off. */
  readonly later: (run: () => void, delayMs: number) => () => void
}

const closed = 2
const longestPauseMs = 10_000

/**
 * Keeps the query cache equal to what the server sees: snapshots and patches under `topologyKey`, the state of
 * the stream under `feedKey`. The browser resumes a cut stream by itself with Last-Event-ID; a refused one is
 * tried again with growing pauses. A patch that does not fit asks for a snapshot.
 */
export function startFeed(client: QueryClient, world: FeedWorld): () => void {
  let stream: Stream | null = null
  let callOff: (() => void) | null = null
  let failures = 0
  let stopped = false

  const tell = (signal: FeedSignal) =>
    client.setQueryData<FeedState>(feedKey, (state) => nextFeedState(state ?? firstFeedState, signal))

  const reopen = (delayMs: number) => {
    stream?.close()
    callOff?.()
    callOff = world.later(open, delayMs)
  }

  const onBreak = () => {
    tell({ kind: 'broke', atMs: world.nowMs() })
    if (stream?.readyState !== closed) return
    failures += 1
    reopen(Math.min(longestPauseMs, 500 * 2 ** failures))
    world.askWhy().then((refusal) => {
      if (refusal && !stopped) tell({ kind: 'broke', atMs: world.nowMs(), refusal })
    }, reportLost)
  }

  const onPatch = (patch: TopologyPatch) => {
    const before = client.getQueryData<Topology>(topologyKey)
    const after = before ? applyPatch(before, patch) : null
    if (!after) return reopen(0)
    client.setQueryData<Topology>(topologyKey, after)
    tell({ kind: 'reading', readAtMs: patch.readAtMs })
  }

  const onSnapshot = (snapshot: Topology) => {
    // Unchanged parts keep their reference, so that a resumed stream redraws nothing.
    client.setQueryData<Topology>(topologyKey, (before) => replaceEqualDeep(before, snapshot))
    tell({ kind: 'reading', readAtMs: snapshot.readAtMs })
  }

  function open() {
    if (stopped) return
    const next = world.connect()
    stream = next
    const on = <T>(name: string, handle: (data: T) => void) =>
      next.addEventListener(name, (event) => {
        if (stream === next && event instanceof MessageEvent) handle(JSON.parse(event.data))
      })
    on<Topology>('snapshot', onSnapshot)
    on<TopologyPatch>('patch', onPatch)
    on<FeedStatus>('status', (status) => tell({ kind: 'status', status }))
    next.addEventListener('open', () => {
      failures = 0
      tell({ kind: 'opened' })
    })
    next.addEventListener('error', () => {
      if (stream === next) onBreak()
    })
  }

  open()
  return () => {
    stopped = true
    callOff?.()
    stream?.close()
    stream = null
  }
}

function reportLost(error: unknown) {
  console.warn('asking the console why it refused the live stream failed', error)
}
