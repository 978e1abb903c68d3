import type { Run } from '@/lib/plan/run-state'
import { isMoving } from './run-words'

/** What is known of a run, and how far that can be trusted. */
export type RunNews = {
  readonly run: Run | null
  /** When it was last heard of; null before that. */
  readonly heardAtMs: number | null
  readonly connection: 'connecting' | 'open' | 'broken' | 'at rest'
  /** Why the console refused; null when it simply does not answer. */
  readonly refusal: string | null
}

export const noNews: RunNews = { run: null, heardAtMs: null, connection: 'connecting', refusal: null }

/** The part of the browser's EventSource that is needed. */
export type RunStream = {
  readonly readyState: number
  readonly addEventListener: (name: string, listen: (event: Event) => void) => void
  readonly close: () => void
}

export type RunWorld = {
  readonly connect: (runId: string) => RunStream
  /** Says why the console refuses, or null when it does not answer at all. */
  readonly askWhy: (runId: string) => Promise<string | null>
  readonly nowMs: () => number
  /** Calls back after a while; returns how to call it off. */
  readonly later: (run: () => void, delayMs: number) => () => void
}

const closed = 2
const longestPauseMs = 5_000

/**
 * Tells of a run until it has come to rest, over every break of the stream. The browser reconnects a cut stream by itself; a refused one
 * is tried again with growing pauses. A run at rest is not asked for
 * again when its stream ends: follow it anew after a retry or an undo.
 */
export function followRun(runId: string, world: RunWorld, tell: (news: RunNews) => void): () => void {
  let news = noNews
  let stream: RunStream | null = null
  let callOff: (() => void) | null = null
  let failures = 0
  let stopped = false

  const say = (change: Partial<RunNews>) => {
    if (stopped) return
    news = { ...news, ...change }
    tell(news)
  }

  const onRun = (run: Run) => {
    // A run at rest may still change: a lost answer is looked up. The console ends the stream when there is nothing more to come.
    say({
      run,
      heardAtMs: world.nowMs(),
      connection: isMoving(run.state) ? 'open' : 'at rest',
      refusal: null,
    })
  }

  const onBreak = () => {
    if (news.connection === 'at rest') return
    say({ connection: 'broken' })
    if (stream?.readyState !== closed) return
    failures += 1
    stream.close()
    callOff?.()
    callOff = world.later(open, Math.min(longestPauseMs, 250 * 2 ** failures))
    world.askWhy(runId).then(
      (refusal) => {
        if (refusal !== null && news.connection === 'broken') say({ refusal })
      },
      (error: unknown) => console.warn('asking the console why it refused a run failed', error),
    )
  }

  function open() {
    if (stopped) return
    const next = world.connect(runId)
    stream = next
    const listen = (event: Event) => {
      if (stream === next && event instanceof MessageEvent) onRun(JSON.parse(event.data))
    }
    next.addEventListener('run', listen)
    next.addEventListener('open', () => {
      failures = 0
      if (stream === next && news.connection !== 'at rest') say({ connection: 'open', refusal: null })
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
  }
}
