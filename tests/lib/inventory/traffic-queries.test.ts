import type { Metric } from '@aws-sdk/client-cloudwatch'
import { describe, expect, it } from 'vitest'
import { figuresOf, pairsIn, queriesOf } from '@/lib/inventory/traffic-queries'

const metric = (
  name: string,
  dimensions: Readonly<Record<string, string>> = {
    TargetDiscoveryName: 'users',
    ServiceName: 'web',
    ClusterName: 'default',
  },
): Metric => ({
  Namespace: 'AWS/ECS',
  MetricName: name,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
})

const figuresWith = (...names: readonly string[]) => {
  const [pair] = pairsIn(names.map((name) => metric(name)))
  if (!pair) throw new Error('no pair')
  return figuresOf(pair).map(([figure, name, stat]) => `${figure} ${name} ${stat}`)
}

describe('callers and endpoints in what CloudWatch lists', () => {
  it('are told once, with the names of what is counted', () => {
    const pairs = pairsIn([metric('TargetResponseTime'), metric('HTTPCode_Target_2XX_Count')])
    expect(pairs).toMatchObject([
      { clusterName: 'default', serviceName: 'web', targetDiscoveryName: 'users' },
    ])
    expect([...(pairs[0]?.metrics ?? [])].sort()).toEqual(['HTTPCode_Target_2XX_Count', 'TargetResponseTime'])
  })

  it.each([
    ['without a caller', { TargetDiscoveryName: 'users' }],
    ['without a target', { DiscoveryName: 'users', ServiceName: 'web', ClusterName: 'default' }],
    ['with a dimension more', { TargetDiscoveryName: 'u', ServiceName: 'w', ClusterName: 'd', TaskId: '1' }],
    ['with an empty value', { TargetDiscoveryName: '', ServiceName: 'w', ClusterName: 'd' }],
    ['with none', {}],
  ])('are not those %s', (_, dimensions) => {
    expect(pairsIn([metric('TargetResponseTime', dimensions)])).toEqual([])
  })

  it('come in steady order and are not confused by what names hold', () => {
    const of = (web: string, users: string) =>
      metric('x', { TargetDiscoveryName: users, ServiceName: web, ClusterName: 'default' })
    const metrics = [of('b', 'c'), of('a","b', 'c'), of('a', 'b","c'), of('__proto__', 'constructor')]
    const keys = pairsIn(metrics).map((pair) => pair.key)
    expect(keys).toHaveLength(4)
    expect(pairsIn(metrics.toReversed()).map((pair) => pair.key)).toEqual(keys)
  })

  it.each([[undefined], [[]], [[{}]], [[{ Dimensions: undefined }]]])(
    'of nothing (%j) are none',
    (metrics) => {
      expect(pairsIn(metrics)).toEqual([])
    },
  )
})

describe('what is asked of a pair', () => {
  it('is only what is listed', () => {
    expect(
      figuresWith('HTTPCode_Target_2XX_Count', 'HTTPCode_Target_5XX_Count', 'TargetResponseTime'),
    ).toEqual([
      'ok HTTPCode_Target_2XX_Count Sum',
      'failed HTTPCode_Target_5XX_Count Sum',
      'p50 TargetResponseTime p50',
      'p95 TargetResponseTime p95',
    ])
  })

  it('is how many answers were timed when none has a status, as with gRPC', () => {
    expect(figuresWith('TargetResponseTime', 'RequestCountPerTarget', 'TargetProcessedBytes')).toEqual([
      'answered TargetResponseTime SampleCount',
      'p50 TargetResponseTime p50',
      'p95 TargetResponseTime p95',
    ])
  })

  it('is how many calls the targets got when nothing else is known', () => {
    expect(figuresWith('RequestCountPerTarget', 'TargetProcessedBytes')).toEqual([
      'called RequestCountPerTarget Sum',
    ])
  })

  it('is bytes for plain TCP, and never bytes besides calls', () => {
    expect(figuresWith('TargetProcessedBytes')).toEqual(['bytes TargetProcessedBytes Sum'])
    expect(figuresWith('TargetProcessedBytes', 'HTTPCode_Target_2XX_Count')).toHaveLength(1)
  })

  it('is nothing when nothing known is counted', () => {
    expect(figuresWith('SomethingNew')).toEqual([])
  })

  it('names metric and dimensions exactly, with ids that CloudWatch takes', () => {
    const metrics = Array.from({ length: 60 }, (_, i) =>
      metric('TargetResponseTime', {
        TargetDiscoveryName: `t${i}`,
        ServiceName: 'web',
        ClusterName: 'default',
      }),
    )
    const asked = queriesOf(pairsIn(metrics))
    const ids = asked.map((one) => one.query.Id ?? '')
    expect(new Set(ids).size).toBe(180)
    for (const id of ids) expect(id).toMatch(/^[a-z][a-zA-Z0-9_]*$/)
    expect(asked[0]?.query.MetricStat).toMatchObject({
      Period: 60,
      Metric: {
        Namespace: 'AWS/ECS',
        Dimensions: [
          { Name: 'TargetDiscoveryName', Value: 't0' },
          { Name: 'ServiceName', Value: 'web' },
          { Name: 'ClusterName', Value: 'default' },
        ],
      },
    })
  })
})
