import {
  GetMetricDataCommand,
  type GetMetricDataInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type ListMetricsInput,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Datum } from '@/lib/emulator/cloudwatch/datum'
import { makeTrafficSink } from '@/lib/emulator/cloudwatch/traffic-sink'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { apiHeaders, sendRaw } from '../support/raw-http'
import { report, trafficOwner } from '../support/traffic'

const MINUTE = 60_000
/** Ten minutes ago, at the start of a minute. */
const START = Math.floor(Date.now() / MINUTE) * MINUTE - 10 * MINUTE
const scope = { accountId: '000000000000', region: 'us-east-1' }

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud()
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const put = (...data: Partial<Datum>[]) =>
  cloud.services.metrics.put(
    data.map((more) => ({
      namespace: 'AWS/ECS',
      name: 'TargetResponseTime',
      dimensions: [{ name: 'TargetDiscoveryName', value: 'users' }],
      unit: 'Milliseconds',
      atMs: START,
      sampleCount: 1,
      sum: 2,
      minimum: 2,
      maximum: 2,
      ...more,
    })),
    scope,
  )

const query = (stat = 'Sum', more: Partial<MetricDataQuery> = {}, period = 60): MetricDataQuery => ({
  Id: 'q1',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/ECS',
      MetricName: 'TargetResponseTime',
      Dimensions: [{ Name: 'TargetDiscoveryName', Value: 'users' }],
    },
    Period: period,
    Stat: stat,
  },
  ...more,
})

const ask = (queries: MetricDataQuery[], more: Partial<GetMetricDataInput> = {}) =>
  cloud.cloudWatch.send(
    new GetMetricDataCommand({
      MetricDataQueries: queries,
      StartTime: new Date(START),
      EndTime: new Date(START + 20 * MINUTE),
      ...more,
    }),
  )
const only = async (queries: MetricDataQuery[], more: Partial<GetMetricDataInput> = {}) =>
  (await ask(queries, more)).MetricDataResults?.[0]

const raw = (target: string, body: string) =>
  sendRaw(cloud.port, ['POST / HTTP/1.1', `host: 127.0.0.1:${cloud.port}`, ...apiHeaders(target)], body)

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  )

describe('GetMetricData', () => {
  it('reads back what proxies reported, by caller and by target alone', async () => {
    const sink = makeTrafficSink(cloud.services.metrics, () => START)
    const { metrics } = cloud.services
    expect(metrics.list(scope)).toEqual([])
    for (const status of [2, 2, 5] as const)
      sink.onTraffic([report({ requests: 4, statusClasses: { [status]: 4 } })], () => trafficOwner())
    const of = (id: string, name: string, dimensions: Record<string, string>): MetricDataQuery => ({
      Id: id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ECS',
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 60,
        Stat: 'Sum',
      },
    })
    const caller = { ClusterName: 'default', TargetDiscoveryName: 'users', ServiceName: 'web' }
    const { MetricDataResults: results = [] } = await ask([
      of('ok', 'HTTPCode_Target_2XX_Count', caller),
      of('failed', 'HTTPCode_Target_5XX_Count', caller),
      of('all', 'HTTPCode_Target_2XX_Count', { TargetDiscoveryName: 'users' }),
      of('other', 'HTTPCode_Target_2XX_Count', { ...caller, ServiceName: 'cron' }),
      of('two', 'HTTPCode_Target_2XX_Count', { TargetDiscoveryName: 'users', ServiceName: 'web' }),
    ])
    expect(results.map((one) => [one.Id, one.Values, one.StatusCode])).toEqual([
      ['ok', [8], 'Complete'],
      ['failed', [4], 'Complete'],
      ['all', [8], 'Complete'],
      ['other', [], 'Complete'],
      ['two', [], 'Complete'],
    ])
    expect(results[0]?.Timestamps).toEqual([new Date(START)])
  })

  it.each([
    ['Sum', 12],
    ['SampleCount', 3],
    ['Average', 4],
    ['Minimum', 2],
    ['Maximum', 6],
  ])('knows the statistic %s', async (stat, value) => {
    put(
      { sum: 2, minimum: 2, maximum: 2 },
      { sum: 4, minimum: 4, maximum: 4 },
      { sum: 6, minimum: 6, maximum: 6 },
    )
    expect((await only([query(stat)]))?.Values).toEqual([value])
  })

  it('knows percentiles of what came with a histogram', async () => {
    for (let ms = 1; ms <= 100; ms++) put({ sum: ms, minimum: ms, maximum: ms, histogram: [[ms, 1]] })
    const p95 = (await only([query('p95')]))?.Values?.[0] ?? 0
    expect(Math.abs(p95 - 95)).toBeLessThan(9)
  })

  it('answers newest first, or oldest first when asked', async () => {
    put({ sum: 1 }, { sum: 2, atMs: START + MINUTE }, { sum: 3, atMs: START + 2 * MINUTE })
    expect((await only([query()]))?.Values).toEqual([3, 2, 1])
    expect((await only([query()], { ScanBy: 'TimestampAscending' }))?.Values).toEqual([1, 2, 3])
  })

  it('puts minutes together into longer periods', async () => {
    for (let minute = 0; minute < 10; minute++) put({ sum: 1, atMs: START + minute * MINUTE })
    const told = await only([query('Sum', {}, 300)], { ScanBy: 'TimestampAscending' })
    expect((told?.Values ?? []).reduce((sum, value) => sum + value, 0)).toBe(10)
    for (const at of told?.Timestamps ?? []) expect(at.getTime() % (5 * MINUTE)).toBe(0)
  })

  it('takes the start of the range in and leaves its end out', async () => {
    put({ sum: 1 }, { sum: 2, atMs: START + MINUTE }, { sum: 4, atMs: START + 2 * MINUTE })
    const told = await only([query()], {
      StartTime: new Date(START + MINUTE + 30_000),
      EndTime: new Date(START + 2 * MINUTE),
    })
    expect(told?.Values).toEqual([2])
  })

  it('leaves out what is only for others, and takes the label', async () => {
    put({})
    const { MetricDataResults: results } = await ask([
      query('Sum', { Id: 'a', ReturnData: false }),
      query('Sum', { Id: 'b', Label: 'response' }),
    ])
    expect(results?.map((one) => [one.Id, one.Label])).toEqual([['b', 'response']])
  })

  it('gives no values for another unit', async () => {
    put({})
    const stat = query().MetricStat
    if (!stat) throw new Error('no stat')
    expect((await only([query('Sum', { MetricStat: { ...stat, Unit: 'Bytes' } })]))?.Values).toEqual([])
    expect((await only([query('Sum', { MetricStat: { ...stat, Unit: 'Milliseconds' } })]))?.Values).toEqual([
      2,
    ])
  })

  it('tells in pages, each value once', async () => {
    for (let minute = 0; minute < 7; minute++) put({ sum: minute, atMs: START + minute * MINUTE })
    const values: Record<string, number[]> = {}
    const statuses: string[] = []
    const pages = paginateGetMetricData(
      { client: cloud.cloudWatch },
      {
        MetricDataQueries: [query('Sum', { Id: 'a' }), query('Sum', { Id: 'b' }), query('Sum', { Id: 'c' })],
        StartTime: new Date(START),
        EndTime: new Date(START + 20 * MINUTE),
        MaxDatapoints: 5,
      },
    )
    for await (const page of pages)
      for (const { Id = '', Values = [], StatusCode = '' } of page.MetricDataResults ?? []) {
        values[Id] = [...(values[Id] ?? []), ...Values]
        statuses.push(StatusCode)
      }
    expect(values).toEqual(Object.fromEntries(['a', 'b', 'c'].map((id) => [id, [6, 5, 4, 3, 2, 1, 0]])))
    expect(new Set(statuses)).toEqual(new Set(['Complete', 'PartialData']))
  })

  it.each<[string, MetricDataQuery[], Partial<GetMetricDataInput>]>([
    ['no query', [], {}],
    ['more than 500', Array.from({ length: 501 }, (_, i) => query('Sum', { Id: `q${i}` })), {}],
    ['the same id twice', [query(), query()], {}],
    ['an id that begins with a capital', [query('Sum', { Id: 'Q' })], {}],
    ['an empty id', [query('Sum', { Id: '' })], {}],
    ['a period of 61 s', [query('Sum', {}, 61)], {}],
    ['a period of 0', [query('Sum', {}, 0)], {}],
    ['a statistic that does not exist', [query('Middle')], {}],
    ['a trimmed mean', [query('tm90')], {}],
    ['metric math', [{ Id: 'e', Expression: 'm1 + m2' }], {}],
    ['both an expression and a metric', [query('Sum', { Expression: 'm1' })], {}],
    ['a range that ends where it starts', [query()], { EndTime: new Date(START) }],
    ['0 datapoints', [query()], { MaxDatapoints: 0 }],
    ['100,801 datapoints', [query()], { MaxDatapoints: 100_801 }],
  ])('refuses %s', async (_, queries, more) => {
    expect(await refusalOf(ask(queries, more))).toMatch(/^ValidationException: ./)
  })

  it.each(['x', 'c2IxOg', 'c2IxOi0x'])('refuses the token %j', async (NextToken) => {
    expect(await refusalOf(ask([query()], { NextToken }))).toMatch(/^InvalidNextToken: ./)
  })

  it('takes 500 queries at once', async () => {
    put({})
    const { MetricDataResults: results = [] } = await ask(
      Array.from({ length: 500 }, (_, i) => query('Sum', { Id: `q${i}` })),
    )
    expect(results).toHaveLength(500)
    expect(results.every((one) => one.Values?.[0] === 2)).toBe(true)
  })

  it('keeps accounts and regions apart', async () => {
    put({})
    const { cloudWatch } = cloud.clientsOf('111111111111', 'us-east-1')
    const { Metrics } = await cloudWatch.send(new ListMetricsCommand({}))
    expect(Metrics).toEqual([])
  })

  it('is empty after a reset', async () => {
    put({})
    const { status } = await fetch(`${cloud.url}/_local/reset`, { method: 'POST' })
    expect(status).toBe(200)
    expect((await cloud.cloudWatch.send(new ListMetricsCommand({}))).Metrics).toEqual([])
  })
})

describe('ListMetrics', () => {
  const B3 = (service: string, target: string) => [
    { name: 'ServiceName', value: service },
    { name: 'ClusterName', value: 'default' },
    { name: 'TargetDiscoveryName', value: target },
  ]
  const list = async (input: ListMetricsInput) =>
    ((await cloud.cloudWatch.send(new ListMetricsCommand(input))).Metrics ?? []).map(
      (metric) => `${metric.MetricName} ${metric.Dimensions?.map((one) => one.Value).join(' ')}`,
    )

  it('matches metrics that have more dimensions than asked for', async () => {
    put({}, { dimensions: B3('web', 'users') }, { dimensions: B3('cron', 'users') })
    expect(await list({ Dimensions: [{ Name: 'TargetDiscoveryName' }] })).toHaveLength(3)
    expect(await list({ Dimensions: [{ Name: 'ServiceName', Value: 'web' }] })).toEqual([
      'TargetResponseTime web default users',
    ])
    expect(
      await list({
        Dimensions: ['TargetDiscoveryName', 'ServiceName', 'ClusterName'].map((Name) => ({ Name })),
      }),
    ).toHaveLength(2)
    expect(await list({ Dimensions: [{ Name: 'DiscoveryName' }] })).toEqual([])
  })

  it('filters by namespace and name', async () => {
    put({}, { namespace: 'Mine' }, { name: 'Other' })
    expect(await list({ Namespace: 'Mine' })).toEqual(['TargetResponseTime users'])
    expect(await list({ Namespace: 'AWS/ECS', MetricName: 'Other' })).toEqual(['Other users'])
  })

  it('leaves out what was silent for three hours when only recent ones are asked for', async () => {
    put({ atMs: Date.now() - 4 * 3_600_000 }, { name: 'Fresh', atMs: Date.now() })
    expect(await list({ RecentlyActive: 'PT3H' })).toEqual(['Fresh users'])
    expect(await list({})).toHaveLength(2)
  })

  it('tells at most 500 at once', async () => {
    put(...Array.from({ length: 1_201 }, (_, i) => ({ name: `M${i}` })))
    const sizes: number[] = []
    const names = new Set<string>()
    for await (const page of paginateListMetrics({ client: cloud.cloudWatch }, {})) {
      sizes.push(page.Metrics?.length ?? 0)
      for (const metric of page.Metrics ?? []) names.add(metric.MetricName ?? '')
    }
    expect(sizes).toEqual([500, 500, 201])
    expect(names.size).toBe(1_201)
  })

  it('refuses more than ten dimensions, an unknown span, and a token that is not its own', async () => {
    const dimensions = Array.from({ length: 11 }, (_, i) => ({ Name: `D${i}` }))
    expect(await refusalOf(list({ Dimensions: dimensions }))).toMatch(/^ValidationException/)
    expect(await refusalOf(list({ NextToken: 'x' }))).toMatch(/^InvalidNextToken/)
    const answer = await raw('GraniteServiceVersion20100801.ListMetrics', '{"RecentlyActive":"PT1H"}')
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('PT3H')
  })
})

describe('GetMetricStatistics', () => {
  const statistics = (more: Partial<ConstructorParameters<typeof GetMetricStatisticsCommand>[0]> = {}) =>
    cloud.cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/ECS',
        MetricName: 'TargetResponseTime',
        Dimensions: [{ Name: 'TargetDiscoveryName', Value: 'users' }],
        StartTime: new Date(START),
        EndTime: new Date(START + 20 * MINUTE),
        Period: 60,
        Statistics: ['Sum', 'Average'],
        ...more,
      }),
    )

  it('tells several statistics at once, and only those', async () => {
    put({ sum: 2 }, { sum: 6, minimum: 6, maximum: 6 })
    expect((await statistics()).Datapoints).toEqual([
      { Timestamp: new Date(START), Sum: 8, Average: 4, Unit: 'Milliseconds' },
    ])
  })

  it('tells percentiles by name', async () => {
    put({ sum: 2, histogram: [[2, 1]] })
    const { Datapoints } = await statistics({ Statistics: undefined, ExtendedStatistics: ['p50'] })
    expect(Datapoints?.[0]?.ExtendedStatistics?.p50).toBeGreaterThan(1.8)
  })

  it('has nothing to tell of a metric that does not exist', async () => {
    expect((await statistics({ MetricName: 'None' })).Datapoints).toEqual([])
  })

  it.each<[string, Parameters<typeof statistics>[0], string]>([
    ['no statistic', { Statistics: undefined }, 'InvalidParameterCombinationException'],
    ['a range without length', { EndTime: new Date(START) }, 'InvalidParameterValueException'],
    ['an odd period', { Period: 61 }, 'InvalidParameterValueException'],
    [
      'more than 1,440 datapoints',
      { StartTime: new Date(START - 1_441 * MINUTE), EndTime: new Date(START) },
      'InvalidParameterCombinationException',
    ],
    [
      'a percentile beyond all',
      { Statistics: undefined, ExtendedStatistics: ['p200'] },
      'InvalidParameterValueException',
    ],
  ])('refuses %s', async (_, more, name) => {
    expect(await refusalOf(statistics(more))).toMatch(new RegExp(`^${name}: .`))
  })
})

describe('clients that once spoke the query protocol', () => {
  it('are told the older code of an error in a header', async () => {
    const answer = await raw(
      'GraniteServiceVersion20100801.GetMetricStatistics',
      JSON.stringify({ Namespace: 'n', MetricName: 'm', StartTime: 2, EndTime: 1, Period: 60 }),
    )
    expect(answer.status).toBe(400)
    expect(answer.headers).toContain('x-amzn-query-error: invalidparametervalue;sender')
  })
})
