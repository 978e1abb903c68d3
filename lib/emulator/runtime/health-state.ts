import type { HealthCheckSpec } from './runtime'

type Timing = Pick<HealthCheckSpec, 'intervalSeconds' | 'retries' | 'startPeriodSeconds'>

/** What is known of a container's health. */
export type HealthState = {
  readonly status: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY'
  /** Counted failures in a row. */
  readonly failures: number
  /** When the container started, then when a check last counted, epoch ms. */
  readonly countedAtMs: number
  readonly startedAtMs: number
  /** A success inside the start period ends it. */
  readonly graceOver: boolean
}

export const startingHealth = (startedAtMs: number): HealthState => ({
  status: 'UNKNOWN',
  failures: 0,
  countedAtMs: startedAtMs,
  startedAtMs,
  graceOver: false,
})

/**
 * The state after one check. As Docker has it: one success makes HEALTHY, `retries` failures in a row make UNHEALTHY,
 * failures inside `startPeriod` do not count unless a check already passed.
 *
 * Checks before the first success come faster than the interval (see `nextCheckDelayMs`). Such an early one counts
 * when it passes, but as a failure only when the interval has gone by since the last counted one, so no container
 * turns UNHEALTHY sooner than on ECS.
 */
export function afterCheck(state: HealthState, passed: boolean, atMs: number, timing: Timing): HealthState {
  if (passed) return { ...state, status: 'HEALTHY', failures: 0, countedAtMs: atMs, graceOver: true }
  if (atMs - state.countedAtMs < timing.intervalSeconds * 1000) return state
  const inGrace = !state.graceOver && atMs - state.startedAtMs < timing.startPeriodSeconds * 1000
  if (inGrace) return { ...state, countedAtMs: atMs }
  const failures = state.failures + 1
  const status = failures >= timing.retries ? 'UNHEALTHY' : state.status
  return { ...state, status, failures, countedAtMs: atMs }
}

/** A person who waits for a first HEALTHY should not wait 30 s for a container that was ready after one. */
const earlyDelayMs = 1000
const firstDelayMs = 250

/**
 * How long to wait before the next check. ECS waits the interval before every one, the first included. Here they come
 * every second until one has passed, and then at the interval; this only makes HEALTHY come sooner.
 */
export function nextCheckDelayMs(state: HealthState, checksMade: number, timing: Timing): number {
  const intervalMs = timing.intervalSeconds * 1000
  if (state.status !== 'UNKNOWN') return intervalMs
  return Math.min(intervalMs, checksMade === 0 ? firstDelayMs : earlyDelayMs)
}
