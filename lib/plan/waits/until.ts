import type { Failure } from '../failure'
import type { Refused } from '../plan'
import type { Answer } from '../run/event'
import type { WaitLook } from './look'

/** Time as a wait sees it, so that tests need none. */
export type WaitTime = { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> }

/** How often is looked: the pause grows from the first to the longest. */
export type Pace = { readonly firstMs: number; readonly longestMs: number }

const GROWS = 1.5

export type WaitEnd =
  | { readonly state: 'done'; readonly outputs: Answer['outputs'] }
  | { readonly state: 'failed'; readonly error: Refused; readonly nothingMade: boolean }

const spanOf = (ms: number): string => {
  const minutes = Math.round(ms / 60_000)
  const [count, unit] = ms < 60_000 ? [Math.round(ms / 1_000), 'second'] : [minutes, 'minute']
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}

const timedOut = (timeoutMs: number, words: string): WaitEnd => ({
  state: 'failed',
  nothingMade: false,
  error: {
    code: 'WaitTimedOut',
    message: `It is not done after ${spanOf(timeoutMs)}: still waiting for ${words}.`,
    remedy: 'AWS may still finish it. Retry goes on waiting; Undo takes back what was made.',
  },
})

/**
 * Looks until the wait is over or its time is. A reading that fails for a passing reason is said and done again; any other one ends the
 * wait. `tell` gets what is waited for, whenever that changes.
 */
export async function waitUntil(of: {
  readonly look: () => Promise<WaitLook>
  readonly failureOf: (error: unknown) => Failure
  readonly timeoutMs: number
  readonly pace: Pace
  readonly time: WaitTime
  readonly tell: (words: string) => void
}): Promise<WaitEnd> {
  const { look, failureOf, timeoutMs, pace, time, tell } = of
  const untilMs = time.now() + timeoutMs
  let pauseMs = pace.firstMs
  let words = ''
  const say = (next: string) => {
    if (next === words) return
    words = next
    tell(next)
  }
  for (;;) {
    try {
      const seen = await look()
      if (seen.state !== 'waiting') return seen
      say(seen.words)
    } catch (error) {
      const failure = failureOf(error)
      if (!failure.isPassing) return { state: 'failed', error: failure.error, nothingMade: false }
      say(`AWS to answer again (${failure.error.code})`)
    }
    if (time.now() + pauseMs > untilMs) return timedOut(timeoutMs, words)
    await time.sleep(pauseMs)
    pauseMs = Math.min(pauseMs * GROWS, pace.longestMs)
  }
}
