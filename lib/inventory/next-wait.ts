import type { Hole, TargetKind } from './model'

export type LastReading = {
  readonly kind: TargetKind
  readonly intervalMs: number
  /** How long it took. */
  readonly tookMs: number
  /** Whole failures in a row. */
  readonly failures: number
  readonly failureKind: Hole['kind'] | null
  /** Readings in a row in which AWS throttled some call. */
  readonly throttledReadings: number
  /** Something was changed a moment ago: look more often than usual. */
  readonly isEager: boolean
  /** From 0 up to 1. */
  readonly chance: number
}

const EAGER_MS = 2_000
const LONGEST_MS: Readonly<Record<TargetKind, number>> = { local: 5_000, endpoint: 15_000, aws: 60_000 }

/**
 * Milliseconds from the end of one reading to the start of the next. Failures and throttling double the interval up to a limit, except
 * that new credentials shall be noticed within one interval. A little jitter keeps several consoles from reading in step.
 */
export function nextWaitMs(last: LastReading): number {
  const { kind, intervalMs, tookMs } = last
  const doublings =
    last.failures > 0
      ? last.failureKind === 'expired'
        ? 0
        : last.failures
      : Math.min(last.throttledReadings, 4)
  const longestMs = Math.max(intervalMs, LONGEST_MS[kind])
  let everyMs = Math.min(longestMs, intervalMs * 2 ** Math.min(doublings, 10))
  if (last.isEager && doublings === 0) everyMs = Math.min(everyMs, EAGER_MS)
  const jittered = everyMs * (1 - 0.1 * last.chance)
  // A slow endpoint gets a rest of a quarter of what it took.
  return Math.round(Math.max(jittered - tookMs, tookMs / 4))
}
