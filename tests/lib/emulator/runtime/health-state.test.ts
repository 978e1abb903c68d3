import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterCheck, nextCheckDelayMs, startingHealth } from '@/lib/emulator/runtime/health-state'

const timing = { intervalSeconds: 30, retries: 3, startPeriodSeconds: 0 }
type Check = readonly [atSeconds: number, passed: boolean]

const run = (checks: readonly Check[], changes: Partial<typeof timing> = {}) =>
  checks.reduce(
    (state, [at, passed]) => afterCheck(state, passed, at * 1000, { ...timing, ...changes }),
    startingHealth(0),
  ).status

describe('health of a container', () => {
  it('is unknown before any check', () => {
    expect(startingHealth(0).status).toBe('UNKNOWN')
  })

  it('is HEALTHY after one check that passes, however early', () => {
    expect(run([[0.3, true]])).toBe('HEALTHY')
  })

  it('is UNHEALTHY after as many failures in a row as retries says', () => {
    expect(
      run([
        [30, false],
        [60, false],
      ]),
    ).toBe('UNKNOWN')
    expect(
      run([
        [30, false],
        [60, false],
        [90, false],
      ]),
    ).toBe('UNHEALTHY')
  })

  it('counts from the start again after a success', () => {
    expect(
      run([
        [30, false],
        [60, false],
        [61, true],
        [91, false],
        [121, false],
      ]),
    ).toBe('HEALTHY')
  })

  it('comes back with one success', () => {
    expect(
      run([
        [30, false],
        [60, false],
        [90, false],
        [120, true],
      ]),
    ).toBe('HEALTHY')
  })

  it('does not suffer from early checks that fail', () => {
    const early: Check[] = Array.from({ length: 29 }, (_, second) => [second + 0.3, false])
    expect(run(early)).toBe('UNKNOWN')
    const late: Check[] = Array.from({ length: 89 }, (_, second) => [second + 1, false])
    expect(run(late)).toBe('UNKNOWN')
    expect(run([...late, [90, false]])).toBe('UNHEALTHY')
  })
})

describe('the start period', () => {
  const startPeriodSeconds = 100

  it('forgives failures', () => {
    expect(
      run(
        [
          [30, false],
          [60, false],
          [90, false],
        ],
        { startPeriodSeconds },
      ),
    ).toBe('UNKNOWN')
  })

  it('ends with its time', () => {
    const checks: Check[] = [
      [30, false],
      [60, false],
      [90, false],
      [120, false],
      [150, false],
    ]
    expect(run(checks, { startPeriodSeconds })).toBe('UNKNOWN')
    expect(run([...checks, [180, false]], { startPeriodSeconds })).toBe('UNHEALTHY')
  })

  it('ends with the first success, after which failures count', () => {
    expect(
      run(
        [
          [1, true],
          [31, false],
          [61, false],
        ],
        { startPeriodSeconds },
      ),
    ).toBe('HEALTHY')
    expect(
      run(
        [
          [1, true],
          [31, false],
          [61, false],
          [91, false],
        ],
        { startPeriodSeconds },
      ),
    ).toBe('UNHEALTHY')
  })
})

describe('the pause between checks', () => {
  it('is short until the first success, then the interval', () => {
    const fresh = startingHealth(0)
    expect(nextCheckDelayMs(fresh, 0, timing)).toBe(250)
    expect(nextCheckDelayMs(fresh, 1, timing)).toBe(1000)
    expect(nextCheckDelayMs(afterCheck(fresh, true, 500, timing), 2, timing)).toBe(30_000)
  })

  it('is the interval for an unhealthy container', () => {
    const bad = { ...startingHealth(0), status: 'UNHEALTHY' as const }
    expect(nextCheckDelayMs(bad, 9, timing)).toBe(30_000)
  })

  it('is never longer than the interval', () => {
    expect(nextCheckDelayMs(startingHealth(0), 5, { ...timing, intervalSeconds: 0.2 })).toBe(200)
  })
})

it('no container is UNHEALTHY sooner than ECS would have it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 60 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 0, max: 300 }),
      (intervalSeconds, retries, startPeriodSeconds) => {
        const spec = { intervalSeconds, retries, startPeriodSeconds }
        let state = startingHealth(0)
        let nowMs = 0
        for (let made = 0; state.status !== 'UNHEALTHY'; made++) {
          nowMs += nextCheckDelayMs(state, made, spec)
          state = afterCheck(state, false, nowMs, spec)
        }
        // ECS: the first check that counts is the first after the start period, and `retries` of them must fail.
        const firstThatCounts = Math.max(1, Math.ceil(startPeriodSeconds / intervalSeconds)) * intervalSeconds
        expect(nowMs).toBeGreaterThanOrEqual((firstThatCounts + (retries - 1) * intervalSeconds) * 1000)
      },
    ),
  )
})
