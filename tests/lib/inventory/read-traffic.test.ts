import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataInput,
  ListMetricsCommand,
  type Metric,
} from '@aws-sdk/client-cloudwatch'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { makePace } from '@/lib/inventory/cycle'
import type { TargetKind } from '@/lib/inventory/model'
import { makeTrafficReader } from '@/lib/inventory/read-traffic'
import { targetFromEnv } from '@/lib/target/settings'
import { connectedService, NOW, service } from '../../support/inventory'

const client = new CloudWatchClient({ region: 'us-east-1' })
const aws = mockClient(client)
const MINUTE = 60_000
const services = [connectedService('web')]
const error = (name: string) => Object.assign(new Error(name), { name, $metadata: {} })

const metric = (target: string, name = 'HTTPCode_Target_2XX_Count'): Metric => ({
  Namespace: 'AWS/ECS',
  MetricName: name,
  Dimensions: [
    { Name: 'TargetDiscoveryName', Value: target },
    { Name: 'ServiceName', Value: 'web' },
    { Name: 'ClusterName', Value: 'default' },
  ],
})

let now = NOW
function setUp(kind: TargetKind = 'local') {
  const settings = {
    ...targetFromEnv({ SWITCHBOARD_TARGET: 'local', SWITCHBOARD_ENDPOINT_URL: 'http://127.0.0.1:1' }),
    kind,
  }
  const time = { now: () => now, sleep: async () => undefined }
  const reader = makeTrafficReader({ settings, client: () => client, pace: makePace(kind, time), time })
  return {
    ...reader,
    async lookAfter(ms: number, some = services) {
      now += ms
      await reader.look(some)
      return reader.known()
    },
  }
}
const asked = (): GetMetricDataInput[] =>
  aws.commandCalls(GetMetricDataCommand).map((call) => call.args[0].input)
const lists = () => aws.commandCalls(ListMetricsCommand).length

/** Every metric asked for has these values, by minutes before now. */
function answer(values: Readonly<Record<number, number>>) {
  aws.on(GetMetricDataCommand).callsFake((input: GetMetricDataInput) => ({
    MetricDataResults: input.MetricDataQueries?.map(({ Id }) => ({
      Id,
      Timestamps: Object.keys(values).map(
        (minutes) => new Date(Math.floor(now / MINUTE) * MINUTE - Number(minutes) * MINUTE),
      ),
      Values: Object.values(values),
      StatusCode: 'Complete',
    })),
  }))
}

beforeEach(() => {
  aws.reset()
  now = NOW + 30_000
  aws.on(ListMetricsCommand).resolves({ Metrics: [metric('users')] })
  answer({ 0: 300 })
})

describe('looking at traffic', () => {
  it('knows nothing before the first look', () => {
    expect(setUp().known()).toEqual({ traffic: [], readAtMs: null, holes: [] })
  })

  it('tells who calls whom, and when it looked', async () => {
    expect(await setUp().lookAfter(0)).toMatchObject({
      readAtMs: NOW + 30_000,
      traffic: [{ serviceName: 'web', targetDiscoveryName: 'users', requestsPerSecond: 10 }],
    })
  })

  it('asks nothing where no service uses Service Connect', async () => {
    expect(await setUp().lookAfter(0, [service('web')])).toMatchObject({ readAtMs: null, traffic: [] })
    expect(lists()).toBe(0)
  })

  it('goes on while there is something to forget', async () => {
    const reader = setUp()
    await reader.lookAfter(0)
    aws.on(ListMetricsCommand).resolves({ Metrics: [] })
    expect((await reader.lookAfter(5_000, [service('web')])).traffic).toEqual([])
    await reader.lookAfter(5_000, [service('web')])
    expect(lists()).toBe(2)
  })

  it.each([
    ['local', 5_000, 4_999],
    ['aws', 60_000, 59_999],
    ['endpoint', 60_000, 59_999],
  ] as const)('at %s happens every %d ms, not after %d', async (kind, everyMs, tooSoonMs) => {
    const reader = setUp(kind)
    await reader.lookAfter(0)
    await reader.lookAfter(tooSoonMs)
    expect(asked()).toHaveLength(1)
    await reader.lookAfter(everyMs - tooSoonMs)
    expect(asked()).toHaveLength(2)
  })

  it('at AWS lists metrics only every five minutes', async () => {
    const reader = setUp('aws')
    for (let minute = 0; minute < 10; minute++) await reader.lookAfter(minute === 0 ? 0 : MINUTE)
    expect(asked()).toHaveLength(10)
    expect(lists()).toBe(2)
  })

  it('joins those who ask while it looks', async () => {
    const reader = setUp()
    await Promise.all([reader.look(services), reader.look(services), reader.look(services)])
    expect(lists()).toBe(1)
  })

  it('asks in pieces of 500, and less often the more there is', async () => {
    aws.on(ListMetricsCommand).resolves({ Metrics: Array.from({ length: 1_100 }, (_, i) => metric(`t${i}`)) })
    const reader = setUp('aws')
    expect((await reader.lookAfter(0)).traffic).toHaveLength(1_100)
    expect(asked().map((input) => input.MetricDataQueries?.length)).toEqual([500, 500, 100])
    await reader.lookAfter(2 * MINUTE)
    expect(asked()).toHaveLength(3)
    await reader.lookAfter(MINUTE)
    expect(asked()).toHaveLength(6)
  })

  it('looks three hours back at those it meets first, and ten minutes at others', async () => {
    const reader = setUp()
    await reader.lookAfter(0)
    await reader.lookAfter(5_000)
    const spans = asked().map((input) => Number(input.EndTime) - Number(input.StartTime))
    expect(spans).toEqual([180 * MINUTE, 10 * MINUTE])
  })

  it('follows pages of both calls', async () => {
    aws
      .on(ListMetricsCommand)
      .resolvesOnce({ Metrics: [metric('users')], NextToken: 'a' })
      .resolvesOnce({ Metrics: [metric('orders')] })
    const at = [new Date(NOW)]
    aws
      .on(GetMetricDataCommand)
      .resolvesOnce({ MetricDataResults: [{ Id: 'p0_ok', Timestamps: at, Values: [60] }], NextToken: 'b' })
      .resolvesOnce({ MetricDataResults: [{ Id: 'p1_ok', Timestamps: at, Values: [30] }] })
    const { traffic } = await setUp().lookAfter(0)
    expect(traffic.map((one) => [one.targetDiscoveryName, one.requestsPerSecond])).toEqual([
      ['orders', 2],
      ['users', 1],
    ])
  })

  it('takes nothing that it did not ask for', async () => {
    aws.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'else', Timestamps: [new Date(NOW)], Values: [1] },
        { Id: 'p0_ok', Timestamps: [new Date(NOW), new Date(NOW - MINUTE)], Values: [60] },
        { Values: [1] },
      ],
    })
    expect((await setUp().lookAfter(0)).traffic).toMatchObject([{ requestsPerSecond: 2 }])
  })

  it('keeps since when it sees whom', async () => {
    const reader = setUp()
    const [first] = (await reader.lookAfter(0)).traffic
    answer({ 0: 400 })
    const [later] = (await reader.lookAfter(20_000)).traffic
    expect(later?.firstSeenMs).toBe(first?.firstSeenMs)
    expect(later?.lastSeenMs).toBe(NOW + 50_000)
  })
})

describe('when CloudWatch cannot be read', () => {
  it.each([
    ['AccessDeniedException', 'denied'],
    ['UnknownOperationException', 'unsupported'],
  ])('%s: nothing is told, and what is missing is named', async (name, kind) => {
    aws.on(ListMetricsCommand).rejects(error(name))
    expect(await setUp().lookAfter(0)).toMatchObject({
      traffic: [],
      readAtMs: null,
      holes: [{ operation: 'cloudwatch:ListMetrics', kind, errorName: name }],
    })
  })

  it('a permission that was taken away takes the edges away, and asks seldom', async () => {
    const reader = setUp()
    await reader.lookAfter(0)
    aws.on(GetMetricDataCommand).rejects(error('AccessDeniedException'))
    expect(await reader.lookAfter(5_000)).toMatchObject({ traffic: [], readAtMs: null })
    await reader.lookAfter(29_000)
    expect(asked()).toHaveLength(2)
    answer({ 0: 300 })
    expect((await reader.lookAfter(1_000)).traffic).toHaveLength(1)
    expect(reader.known().holes).toEqual([])
  })

  it('a moment’s failure keeps the last edges', async () => {
    const reader = setUp()
    const before = await reader.lookAfter(0)
    aws.on(GetMetricDataCommand).rejects(error('ThrottlingException'))
    const after = await reader.lookAfter(5_000)
    expect(after).toMatchObject({ traffic: before.traffic, readAtMs: before.readAtMs })
    expect(after.holes).toMatchObject([{ operation: 'cloudwatch:GetMetricData', kind: 'throttled' }])
  })

  it('one of several pieces that fails leaves the last whole answer', async () => {
    aws.on(ListMetricsCommand).resolves({ Metrics: Array.from({ length: 600 }, (_, i) => metric(`t${i}`)) })
    const reader = setUp()
    const before = await reader.lookAfter(0)
    expect(before.traffic).toHaveLength(600)
    let calls = 0
    aws.on(GetMetricDataCommand).callsFake(() => {
      calls += 1
      if (calls === 2) throw error('ThrottlingException')
      return { MetricDataResults: [] }
    })
    expect((await reader.lookAfter(10_000)).traffic).toEqual(before.traffic)
    expect(calls).toBe(2)
  })

  it.each([undefined, null, 'text', 7])('an answer that is %j breaks nothing', async (rubbish) => {
    aws.on(GetMetricDataCommand).callsFake(() => rubbish)
    const known = await setUp().lookAfter(0)
    expect(known.traffic).toEqual([])
    aws.on(ListMetricsCommand).callsFake(() => rubbish)
    expect((await setUp().lookAfter(0)).traffic).toEqual([])
  })
})
