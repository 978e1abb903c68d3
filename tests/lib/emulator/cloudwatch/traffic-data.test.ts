import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trafficData } from '@/lib/emulator/cloudwatch/traffic-data'
import type { TrafficReport } from '@/lib/emulator/service-connect/traffic-report'
import { report, trafficOwner } from '../../../support/traffic'

const AT = 1_700_000_000_000
const dataOf = (more: Partial<TrafficReport>, newTargets?: number) =>
  trafficData(report(more), trafficOwner(), AT, newTargets)
const namesOf = (more: Partial<TrafficReport>) => [...new Set(dataOf(more).map(({ name }) => name))].sort()
const one = (more: Partial<TrafficReport>, name: string, size = 3, newTargets?: number) =>
  dataOf(more, newTargets).find((datum) => datum.name === name && datum.dimensions.length === size)
const dimensionsOf = (more: Partial<TrafficReport>) => [
  ...new Set(
    dataOf(more).map(({ dimensions }) => dimensions.map(({ name, value }) => `${name}=${value}`).join(' ')),
  ),
]

const busy = {
  requests: 12,
  statusClasses: { 2: 9, 3: 1, 4: 1, 5: 1 },
  newConnections: 2,
  activeConnections: 5,
  bytesIn: 700,
  bytesOut: 300,
  responseTimes: [
    [1.1, 8],
    [2.2, 4],
  ],
  responseTimeSumMs: 15,
} satisfies Partial<TrafficReport>

describe('traffic that came in', () => {
  it('is told by discovery name alone and with the server', () => {
    expect(dimensionsOf({ ...busy, side: 'inbound' })).toEqual([
      'DiscoveryName=users',
      'DiscoveryName=users ServiceName=web ClusterName=default',
    ])
  })

  it('has the metrics of AWS’s first dimension set and none of the second', () => {
    expect(namesOf({ ...busy, side: 'inbound', grpcRequests: 2 })).toEqual([
      'ActiveConnectionCount',
      'GrpcRequestCount',
      'NewConnectionCount',
      'ProcessedBytes',
      'RequestCount',
    ])
  })

  it.each([
    ['ActiveConnectionCount', 5, 'Count'],
    ['NewConnectionCount', 2, 'Count'],
    ['ProcessedBytes', 700, 'Bytes'],
    ['RequestCount', 12, 'Count'],
    ['GrpcRequestCount', 3, 'Count'],
  ])('counts %s as %d %s in both sets', (name, sum, unit) => {
    for (const size of [1, 3])
      expect(one({ ...busy, side: 'inbound', grpcRequests: 3 }, name, size)).toMatchObject({
        namespace: 'AWS/ECS',
        sum,
        unit,
        sampleCount: 1,
        atMs: AT,
      })
  })

  it('of plain TCP has no requests', () => {
    expect(namesOf({ side: 'inbound', newConnections: 1, bytesIn: 10 })).toEqual([
      'ActiveConnectionCount',
      'NewConnectionCount',
      'ProcessedBytes',
    ])
  })
})

describe('traffic that went out', () => {
  it('is told by its target alone and with the caller', () => {
    expect(dimensionsOf(busy)).toEqual([
      'TargetDiscoveryName=users',
      'ServiceName=web ClusterName=default TargetDiscoveryName=users',
    ])
  })

  it.each([
    ['HTTPCode_Target_2XX_Count', 9],
    ['HTTPCode_Target_3XX_Count', 1],
    ['HTTPCode_Target_4XX_Count', 1],
    ['HTTPCode_Target_5XX_Count', 1],
    ['RequestCountPerTarget', 12],
    ['TargetProcessedBytes', 1_000],
  ])('counts %s as %d', (name, sum) => {
    for (const size of [1, 3]) expect(one(busy, name, size)?.sum).toBe(sum)
  })

  it('tells no status that no answer had', () => {
    expect(
      namesOf({ requests: 3, statusClasses: { 2: 3 } }).filter((name) => name.startsWith('HTTP')),
    ).toEqual(['HTTPCode_Target_2XX_Count'])
  })

  it('tells response times with their bounds', () => {
    expect(one(busy, 'TargetResponseTime')).toMatchObject({
      unit: 'Milliseconds',
      sampleCount: 12,
      sum: 15,
      minimum: 1.1,
      maximum: 2.2,
      histogram: [
        [1.1, 8],
        [2.2, 4],
      ],
    })
  })

  it('tells no response time when nothing was answered', () => {
    expect(namesOf({ requests: 2, responseTimes: [[1, 0]] })).not.toContain('TargetResponseTime')
  })

  it('leaves statuses out for gRPC, whose answers are all 200', () => {
    expect(namesOf({ requests: 4, grpcRequests: 4, statusClasses: { 2: 4 } })).toEqual([
      'RequestCountPerTarget',
      'TargetProcessedBytes',
    ])
  })

  it.each([0, 1, 3])('counts requests per target with a sample for each of %d new targets', (targets) => {
    expect(one(busy, 'RequestCountPerTarget', 3, targets)).toMatchObject({ sum: 12, sampleCount: targets })
  })

  it('of plain TCP has bytes only', () => {
    expect(namesOf({ bytesOut: 10 })).toEqual(['TargetProcessedBytes'])
  })
})

describe('whatever a proxy reports', () => {
  it('gives finite values that are not negative', () => {
    const number = fc.oneof(fc.nat(), fc.double())
    fc.assert(
      fc.property(
        fc.record({
          side: fc.constantFrom('inbound' as const, 'outbound' as const),
          requests: number,
          grpcRequests: number,
          newConnections: number,
          activeConnections: number,
          bytesIn: number,
          bytesOut: number,
          responseTimeSumMs: number,
          responseTimes: fc.array(fc.tuple(fc.nat(), fc.nat())),
        }),
        (more) => {
          for (const datum of dataOf(more)) {
            expect(Number.isFinite(datum.sum)).toBe(true)
            expect(datum.sum).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    )
  })
})
