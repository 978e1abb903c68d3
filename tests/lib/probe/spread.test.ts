import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { percentile } from '@/lib/probe/percentile'
import { addEvent, emptySpread, latencyPercentiles, type Spread, toCounts } from '@/lib/probe/spread'
import { type AttemptFinished, errorKinds, type TripEvent } from '@/lib/probe/trip'

const attempt = (more: Partial<AttemptFinished> = {}): AttemptFinished => ({
  type: 'attempt',
  index: 0,
  atMs: 0,
  instanceId: 'instance/a',
  taskId: 'a',
  address: '127.10.0.11',
  port: 8080,
  status: 200,
  latencyMs: 1,
  errorKind: null,
  errorMessage: null,
  confirmedByHostname: null,
  hostname: null,
  ...more,
})

const started = (count: number): TripEvent => ({
  type: 'run-started',
  runId: 'r',
  atMs: 0,
  serviceId: 's',
  serviceName: 's',
  host: 's',
  via: 'dns',
  caller: null,
  method: 'GET',
  path: '/',
  count,
  concurrency: 1,
})

const spreadOf = (events: readonly TripEvent[]): Spread => events.reduce(addEvent, emptySpread)

describe('percentiles', () => {
  test('of nothing are nothing', () => {
    expect(percentile([], 0.5)).toBeNull()
  })

  test.each([
    [[1], 0.5, 1],
    [[1], 0.99, 1],
    [[1, 2], 0.5, 1],
    [[1, 2], 0.51, 2],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4], 0.95, 4],
    [Array.from({ length: 100 }, (_, i) => i + 1), 0.5, 50],
    [Array.from({ length: 100 }, (_, i) => i + 1), 0.95, 95],
    [Array.from({ length: 100 }, (_, i) => i + 1), 0.99, 99],
    [Array.from({ length: 100 }, (_, i) => i + 1), 1, 100],
    [[5, 9], 0, 5],
    [[5, 9], -1, 5],
    [[5, 9], 7, 9],
  ])('of %j at %f is %f', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected)
  })

  property.prop([
    fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ])('are always measured values, with at least their share at or below them', (values, share) => {
    const ascending = [...values].sort((a, b) => a - b)
    const value = percentile(ascending, share)
    expect(values).toContain(value)
    expect(ascending.filter((each) => each <= (value ?? Number.NaN)).length).toBeGreaterThanOrEqual(
      share * values.length,
    )
  })
})

describe('the spread of a run', () => {
  test('counts each instance once, in places that do not move', () => {
    const spread = spreadOf([
      started(4),
      attempt({ instanceId: 'instance/b', address: '127.10.0.12' }),
      attempt(),
      attempt({ instanceId: 'instance/b', address: '127.10.0.12' }),
    ])
    expect(spread.shares.map(({ key, ok }) => [key, ok])).toEqual([
      ['instance/a', 1],
      ['instance/b', 2],
    ])
  })

  test('keeps an address that the map does not know apart, and what was never called', () => {
    const spread = spreadOf([
      started(2),
      attempt({ instanceId: null, taskId: null }),
      attempt({
        instanceId: null,
        taskId: null,
        address: null,
        port: null,
        status: null,
        errorKind: 'resolve',
      }),
    ])
    expect(spread.shares.map(({ key }) => key)).toEqual(['127.10.0.11:8080', 'nobody'])
  })

  test('takes latencies of answers only, so that timeouts do not pass for slow answers', () => {
    const spread = spreadOf([
      started(3),
      attempt({ latencyMs: 4 }),
      attempt({ latencyMs: 1000, status: null, errorKind: 'connect-timeout' }),
      attempt({ latencyMs: 2, status: 503, errorKind: 'http-5xx' }),
    ])
    expect(spread.latenciesMs).toEqual([2, 4])
    expect(latencyPercentiles(spread)).toEqual({ p50: 2, p95: 4, p99: 4 })
  })

  test('counts a failed answer as answered and as failed', () => {
    const spread = spreadOf([started(1), attempt({ status: 500, errorKind: 'http-5xx' })])
    expect(spread).toMatchObject({ ok: 0, failed: 1, answered: 1, byErrorKind: { 'http-5xx': 1 } })
  })

  test('counts answers that name somebody else', () => {
    const spread = spreadOf([
      started(2),
      attempt({ confirmedByHostname: false }),
      attempt({ confirmedByHostname: true }),
    ])
    expect(spread.contradictions).toBe(1)
  })

  test('starts from nothing with every run', () => {
    expect(spreadOf([started(5), attempt(), started(7)])).toEqual({ ...emptySpread, asked: 7 })
  })

  const anyAttempt = fc.record({
    instance: fc.constantFrom('a', 'b', 'c', null),
    errorKind: fc.constantFrom(null, ...errorKinds),
    latencyMs: fc.double({ min: 0, max: 5000, noNaN: true }),
    answered: fc.boolean(),
  })

  property.prop([fc.array(anyAttempt, { maxLength: 80 }), fc.nat(20)])('always adds up', (rows, unmade) => {
    const events = rows.map(({ instance, errorKind, latencyMs, answered }) =>
      attempt({
        instanceId: instance && `instance/${instance}`,
        status: answered || errorKind === null ? 200 : null,
        errorKind,
        latencyMs,
      }),
    )
    const spread = spreadOf([started(rows.length + unmade), ...events])
    const counts = toCounts(spread)
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
    expect(counts.ok + counts.failed + counts.notMade).toBe(counts.asked)
    expect(sum(Object.values(counts.byInstance))).toBe(rows.length)
    expect(sum(Object.values(counts.byErrorKind))).toBe(counts.failed)
    expect(spread.latenciesMs).toHaveLength(counts.answered)
    expect([...spread.latenciesMs].sort((a, b) => a - b)).toEqual(spread.latenciesMs)
    expect(counts.notMade).toBe(unmade)
  })
})
