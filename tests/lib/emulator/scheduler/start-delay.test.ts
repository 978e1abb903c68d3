import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { afterFailure, breakerThreshold, startDelayOf } from '@/lib/emulator/scheduler/start-delay'
import { aDeployment, nowMs } from '../../../support/ecs-records'

const times = { startDelayMs: 1_000, startDelayMaxMs: 60_000 }

describe('the delay before the next start', () => {
  it.each([
    [0, 0],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [1_000, 60_000],
  ])('after %i failures in a row is %i ms', (failures, delayMs) => {
    expect(startDelayOf(failures, times)).toBe(delayMs)
  })

  property.prop([fc.integer({ min: -5, max: 5_000 }), fc.integer({ min: 1, max: 10_000 })])(
    'never shrinks with more failures and never passes the longest',
    (failures, startDelayMs) => {
      const some = startDelayOf(failures, { startDelayMs, startDelayMaxMs: 900_000 })
      expect(startDelayOf(failures + 1, { startDelayMs, startDelayMaxMs: 900_000 })).toBeGreaterThanOrEqual(
        some,
      )
      expect(some).toBeLessThanOrEqual(900_000)
    },
  )
})

describe('a task that never ran', () => {
  const failed = { createdAtMs: nowMs - 500 }

  it('counts as failed and makes the next start wait', () => {
    expect(afterFailure(aDeployment(), failed, nowMs, times)).toEqual({
      changes: { failedTasks: 1, startFailures: 1, nextStartAtMs: nowMs + 1_000, lastFailureAtMs: nowMs },
      impaired: false,
    })
  })

  it('makes it wait twice as long after the next failure', () => {
    const deployment = aDeployment({
      failedTasks: 1,
      startFailures: 1,
      nextStartAtMs: nowMs - 500,
      lastFailureAtMs: nowMs - 1_500,
    })
    expect(afterFailure(deployment, failed, nowMs, times).changes).toMatchObject({
      failedTasks: 2,
      startFailures: 2,
      nextStartAtMs: nowMs + 2_000,
    })
  })

  it('makes no longer wait together with others of the same round, yet each counts', () => {
    const deployment = aDeployment({
      failedTasks: 1,
      startFailures: 1,
      nextStartAtMs: nowMs + 990,
      lastFailureAtMs: nowMs - 10,
    })
    expect(afterFailure(deployment, failed, nowMs, times).changes).toMatchObject({
      failedTasks: 2,
      startFailures: 1,
      nextStartAtMs: nowMs + 990,
    })
  })

  it('starts the count again after a long quiet time', () => {
    const deployment = aDeployment({ startFailures: 6, nextStartAtMs: nowMs - 3_600_000 })
    expect(afterFailure(deployment, failed, nowMs, times).changes.startFailures).toBe(1)
  })

  it.each([
    [1, false],
    [2, false],
    [3, true],
    [4, false],
    [5, false],
    [6, true],
    [9, false],
    [12, true],
    [24, true],
  ])('number %i in a row is told by an event: %s', (number, impaired) => {
    const deployment = aDeployment({
      startFailures: number - 1,
      nextStartAtMs: nowMs - 1_000,
      lastFailureAtMs: nowMs - 5_000,
    })
    expect(afterFailure(deployment, failed, nowMs, times).impaired).toBe(impaired)
  })
})

describe('a task that ran', () => {
  const ran = (forMs: number) => ({ createdAtMs: nowMs - forMs - 500, startedAtMs: nowMs - forMs })

  it('does not count as failed and is replaced at once', () => {
    expect(afterFailure(aDeployment({ failedTasks: 4 }), ran(200), nowMs, times).changes).toMatchObject({
      failedTasks: 4,
      nextStartAtMs: nowMs,
    })
  })

  it('slows starts down when it ended soon, for the second time in a row', () => {
    const deployment = aDeployment({
      startFailures: 1,
      nextStartAtMs: nowMs - 900,
      lastFailureAtMs: nowMs - 900,
    })
    expect(afterFailure(deployment, ran(200), nowMs, times).changes).toMatchObject({
      startFailures: 2,
      nextStartAtMs: nowMs + 1_000,
    })
  })

  it('clears the count when it ran long', () => {
    const deployment = aDeployment({ startFailures: 5, nextStartAtMs: nowMs - 3_600_000 })
    expect(afterFailure(deployment, ran(3_000_000), nowMs, times).changes).toMatchObject({
      startFailures: 0,
      nextStartAtMs: nowMs - 3_600_000,
    })
  })

  it('is never told as unable to start', () => {
    const deployment = aDeployment({
      startFailures: 2,
      nextStartAtMs: nowMs - 900,
      lastFailureAtMs: nowMs - 900,
    })
    expect(afterFailure(deployment, ran(200), nowMs, times).impaired).toBe(false)
  })
})

it.each([
  [0, 3],
  [1, 3],
  [6, 3],
  [7, 4],
  [25, 13],
  [400, 200],
  [5_000, 200],
])('a circuit breaker of %i tasks opens after %i failures', (desired, failures) => {
  expect(breakerThreshold(desired)).toBe(failures)
})
