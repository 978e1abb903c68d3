import { describe, expect, it } from 'vitest'
import type { Datum } from '@/lib/emulator/cloudwatch/datum'
import { makeMetricStore } from '@/lib/emulator/cloudwatch/store'

const scope = { accountId: '000000000000', region: 'us-east-1' }
const MINUTE = 60_000
const START = 1_700_000_040_000
const datum = (more: Partial<Datum> = {}): Datum => ({
  namespace: 'AWS/ECS',
  name: 'RequestCount',
  dimensions: [{ name: 'DiscoveryName', value: 'users' }],
  unit: 'Count',
  atMs: START,
  sampleCount: 1,
  sum: 1,
  minimum: 1,
  maximum: 1,
  ...more,
})
const dimensions = [
  { name: 'ServiceName', value: 'web' },
  { name: 'ClusterName', value: 'default' },
]

describe('the metric store', () => {
  it('is empty at first, and again after clear', () => {
    const store = makeMetricStore()
    expect(store.list(scope)).toEqual([])
    store.put([datum()], scope)
    expect(store.list(scope)).toHaveLength(1)
    store.clear()
    expect(store.list(scope)).toEqual([])
  })

  it('adds values of one minute up: count, sum, least and greatest', () => {
    const store = makeMetricStore()
    store.put([datum({ sum: 5, minimum: 5, maximum: 5 })], scope)
    store.put([datum({ atMs: START + 59_999, sampleCount: 2, sum: 3, minimum: 0, maximum: 3 })], scope)
    expect([...(store.list(scope)[0]?.minutes ?? [])]).toEqual([
      [START, { sampleCount: 3, sum: 8, minimum: 0, maximum: 5, histogram: null }],
    ])
  })

  it('finds a series by its exact dimensions, in any order', () => {
    const store = makeMetricStore()
    store.put([datum({ dimensions })], scope)
    expect(store.find(scope, 'AWS/ECS', 'RequestCount', dimensions.toReversed())).toBeDefined()
    expect(store.find(scope, 'AWS/ECS', 'RequestCount', dimensions.slice(0, 1))).toBeUndefined()
    expect(store.find(scope, 'AWS/ECS', 'Other', dimensions)).toBeUndefined()
    expect(store.find(scope, 'Mine', 'RequestCount', dimensions)).toBeUndefined()
  })

  it.each([
    ['a"b', 'c'],
    ['a', 'b"],["c'],
    ['__proto__', 'constructor'],
  ])('does not take %s=%s for another metric', (name, value) => {
    const store = makeMetricStore()
    store.put(
      [datum({ dimensions: [{ name, value }] }), datum({ dimensions: [{ name: 'a', value: 'b' }] })],
      scope,
    )
    expect(store.list(scope)).toHaveLength(2)
    expect(store.find(scope, 'AWS/ECS', 'RequestCount', [{ name, value }])?.dimensions).toEqual([
      { name, value },
    ])
  })

  it('keeps accounts and regions apart', () => {
    const store = makeMetricStore()
    store.put([datum()], scope)
    expect(store.list({ ...scope, region: 'eu-west-1' })).toEqual([])
    expect(store.list({ ...scope, accountId: '111111111111' })).toEqual([])
  })

  it('forgets minutes beyond its bound', () => {
    const store = makeMetricStore({ minutes: 3, series: 10 })
    for (let minute = 0; minute < 10; minute++) store.put([datum({ atMs: START + minute * MINUTE })], scope)
    expect([...(store.list(scope)[0]?.minutes.keys() ?? [])]).toEqual(
      [7, 8, 9].map((n) => START + n * MINUTE),
    )
  })

  it('drops a value that is older than all it keeps', () => {
    const store = makeMetricStore({ minutes: 3, series: 10 })
    store.put([datum({ atMs: START + 10 * MINUTE }), datum({ atMs: START })], scope)
    expect([...(store.list(scope)[0]?.minutes.keys() ?? [])]).toEqual([START + 10 * MINUTE])
  })

  it('drops the series that was silent longest beyond its bound', () => {
    const store = makeMetricStore({ minutes: 3, series: 2 })
    store.put([datum({ name: 'a', atMs: START }), datum({ name: 'b', atMs: START + 1 })], scope)
    store.put([datum({ name: 'a', atMs: START + 2 }), datum({ name: 'c', atMs: START + 3 })], scope)
    expect(store.list(scope).map(({ name }) => name)).toEqual(['a', 'c'])
  })

  it('merges histograms by bound and keeps them bounded', () => {
    const store = makeMetricStore()
    for (let bound = 1; bound <= 1_000; bound++) store.put([datum({ histogram: [[bound, 2]] })], scope)
    store.put([datum({ histogram: [[1, 3]] })], scope)
    const histogram = [...(store.list(scope)[0]?.minutes.values() ?? [])][0]?.histogram
    expect(histogram?.get(1)).toBe(5)
    expect(histogram?.size).toBeLessThanOrEqual(400)
    expect([...(histogram?.values() ?? [])].reduce((sum, count) => sum + count, 0)).toBe(2_003)
  })

  it('lists in the same order whatever came first', () => {
    const [one, two] = [makeMetricStore(), makeMetricStore()]
    const data = ['c', 'a', 'b'].map((name) => datum({ name }))
    one.put(data, scope)
    two.put(data.toReversed(), scope)
    expect(one.list(scope).map(({ name }) => name)).toEqual(two.list(scope).map(({ name }) => name))
  })
})
