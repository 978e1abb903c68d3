import { describe, expect, it } from 'vitest'
import { makeMetricStore } from '@/lib/emulator/cloudwatch/store'
import { makeTrafficSink } from '@/lib/emulator/cloudwatch/traffic-sink'
import type { TrafficReport } from '@/lib/emulator/service-connect/traffic-report'
import { report, trafficOwner } from '../../../support/traffic'

const { scope } = trafficOwner()
const AT = 1_700_000_040_000
const target = { name: 'TargetDiscoveryName', value: 'users' }
const caller = (name: string) => [
  { name: 'ServiceName', value: name },
  { name: 'ClusterName', value: 'default' },
  target,
]

function setUp() {
  const metrics = makeMetricStore()
  let nowMs = AT
  const sink = makeTrafficSink(metrics, () => nowMs)
  const owners = new Map([
    ['a', trafficOwner()],
    ['b', trafficOwner({ serviceName: 'cron' })],
    ['u1', trafficOwner({ serviceName: 'users' })],
    ['u2', trafficOwner({ serviceName: 'users' })],
  ])
  const tell = (...reports: Partial<TrafficReport>[]) =>
    sink.onTraffic(reports.map(report), (taskId) => owners.get(taskId))
  const bucket = (name: string, dimensions = caller('web'), atMs = nowMs) =>
    metrics.find(scope, 'AWS/ECS', name, dimensions)?.minutes.get(Math.floor(atMs / 60_000) * 60_000)
  return { metrics, tell, bucket, wait: (ms: number) => (nowMs += ms) }
}

describe('the traffic sink', () => {
  it('adds the reports of a minute up', () => {
    const { tell, bucket } = setUp()
    for (let second = 0; second < 5; second++) tell({ taskId: 'a', requests: 3, statusClasses: { 2: 3 } })
    expect(bucket('HTTPCode_Target_2XX_Count')?.sum).toBe(15)
  })

  it('keeps callers apart, and adds them up under the target alone', () => {
    const { tell, bucket } = setUp()
    tell(
      { taskId: 'a', requests: 3, statusClasses: { 2: 3 } },
      { taskId: 'b', requests: 1, statusClasses: { 5: 1 } },
    )
    expect(bucket('HTTPCode_Target_2XX_Count', caller('web'))?.sum).toBe(3)
    expect(bucket('HTTPCode_Target_5XX_Count', caller('cron'))?.sum).toBe(1)
    expect(bucket('RequestCountPerTarget', [target])?.sum).toBe(4)
  })

  it('begins a new minute with the clock', () => {
    const { tell, bucket, wait } = setUp()
    tell({ taskId: 'a', requests: 3, statusClasses: { 2: 3 } })
    wait(60_000)
    tell({ taskId: 'a', requests: 1, statusClasses: { 2: 1 } })
    expect(bucket('HTTPCode_Target_2XX_Count')?.sum).toBe(1)
    expect(bucket('HTTPCode_Target_2XX_Count', caller('web'), AT)?.sum).toBe(3)
  })

  it('drops what a task sends that nobody owns', () => {
    const { tell, metrics } = setUp()
    tell({ taskId: 'stranger', requests: 3 })
    expect(metrics.list(scope)).toEqual([])
  })

  it('makes the average of RequestCountPerTarget what each target got', () => {
    const { tell, bucket } = setUp()
    for (let second = 0; second < 10; second++)
      tell(
        { taskId: 'a', requests: 4 },
        { taskId: 'u1', side: 'inbound', requests: 2 },
        { taskId: 'u2', side: 'inbound', requests: 2 },
      )
    expect(bucket('RequestCountPerTarget')).toMatchObject({ sum: 40, sampleCount: 2 })
  })

  it('counts a target that joins within the minute', () => {
    const { tell, bucket } = setUp()
    tell({ taskId: 'a', requests: 4 })
    tell({ taskId: 'a', requests: 4 }, { taskId: 'u1', side: 'inbound', requests: 4 })
    tell({ taskId: 'a', requests: 4 }, { taskId: 'u2', side: 'inbound', requests: 4 })
    expect(bucket('RequestCountPerTarget')).toMatchObject({ sum: 12, sampleCount: 2 })
  })

  it('writes into the account and region of the owner', () => {
    const metrics = makeMetricStore()
    const sink = makeTrafficSink(metrics, () => AT)
    const elsewhere = { accountId: '111111111111', region: 'eu-west-1' }
    sink.onTraffic([report({ requests: 1 })], () => trafficOwner({ scope: elsewhere }))
    expect(metrics.list(scope)).toEqual([])
    expect(metrics.list(elsewhere).length).toBeGreaterThan(0)
  })
})
