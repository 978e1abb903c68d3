import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricStat,
} from '@aws-sdk/client-cloudwatch'
import type { Context, Operation } from '../context'
import { toWireTime, type Wire } from '../wire/wire-type'
import { readDimensions } from './dimensions'
import { validationError } from './errors'
import { fromPageToken, toPageToken } from './page-token'
import { isPeriod, pointsOf } from './points'
import { type Statistic, statisticOf } from './statistic'

const MOST_QUERIES = 500
const MOST_POINTS = 100_800
const ID = /^[a-z][a-zA-Z0-9_]{0,254}$/

type Query = Wire<MetricDataQuery>
type Result = NonNullable<Wire<GetMetricDataOutput>['MetricDataResults']>[number]
type Value = { readonly atMs: number; readonly value: number }

const where = (index: number) => `MetricDataQueries.member.${index + 1}`

function readStat(stat: Wire<MetricStat>, index: number): Statistic {
  const place = `${where(index)}.MetricStat`
  if (!isPeriod(stat.Period ?? Number.NaN))
    throw validationError(
      `The parameter ${place}.Period must be a value in the set [ 1, 5, 10, 20, 30 ], or a multiple of 60.`,
    )
  const statistic = statisticOf(stat.Stat ?? '')
  if (!statistic)
    throw validationError(
      `The value ${JSON.stringify((stat.Stat ?? '').slice(0, 40))} for parameter ${place}.Stat is not supported: use SampleCount, Average, Sum, Minimum, Maximum or a percentile as p95.`,
    )
  return statistic
}

/** Everything is checked before anything is answered. Throws `ValidationException`. */
function readQueries(
  queries: readonly Query[],
): readonly (Query & { readonly MetricStat: Wire<MetricStat> })[] {
  if (queries.length === 0) throw validationError('The parameter MetricDataQueries must not be empty.')
  if (queries.length > MOST_QUERIES)
    throw validationError(
      `The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`,
    )
  const ids = new Set<string>()
  return queries.map((query, index) => {
    const { Id: id = '', MetricStat: stat } = query
    if (!ID.test(id))
      throw validationError(
        `The value ${JSON.stringify(id.slice(0, 40))} for parameter ${where(index)}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      )
    if (ids.has(id)) throw validationError(`The values for parameter id in MetricDataQueries are not unique.`)
    ids.add(id)
    if ((query.Expression === undefined) === (stat === undefined))
      throw validationError(
        `Exactly one of the parameters ${where(index)}.Expression and ${where(index)}.MetricStat is required.`,
      )
    if (!stat)
      throw validationError(
        `The parameter ${where(index)}.Expression: the local cloud does no metric math; ask for the metrics themselves.`,
      )
    readStat(stat, index)
    return { ...query, MetricStat: stat }
  })
}

function valuesOf(
  context: Context,
  stat: Wire<MetricStat>,
  index: number,
  startMs: number,
  endMs: number,
): Value[] {
  const { Namespace: namespace = '', MetricName: name = '', Dimensions: dimensions } = stat.Metric ?? {}
  const series = context.metrics.find(
    context.scope,
    namespace,
    name,
    readDimensions(dimensions, `${where(index)}.MetricStat.Metric.Dimensions`),
  )
  if (stat.Unit !== undefined && series && stat.Unit !== series.unit) return []
  const statistic = readStat(stat, index)
  return pointsOf(series, { startMs, endMs, periodSeconds: stat.Period ?? 60 }).flatMap(
    ({ atMs, bucket }) => {
      const value = statistic(bucket)
      return value === undefined ? [] : [{ atMs, value }]
    },
  )
}

/** GetMetricData for metrics themselves, not for expressions. A metric that does not exist has no values; that is no error. */
export const getMetricData: Operation<Wire<GetMetricDataInput>, Wire<GetMetricDataOutput>> = (
  context,
  input,
) => {
  const queries = readQueries(input.MetricDataQueries ?? [])
  const startMs = (input.StartTime ?? 0) * 1_000
  const endMs = (input.EndTime ?? 0) * 1_000
  if (startMs >= endMs)
    throw validationError('The parameter StartTime must be less than the parameter EndTime.')
  const most = input.MaxDatapoints ?? MOST_POINTS
  if (!Number.isInteger(most) || most < 1 || most > MOST_POINTS)
    throw validationError(`The parameter MaxDatapoints must be between 1 and ${MOST_POINTS}.`)

  const from = fromPageToken(input.NextToken)
  const results: Result[] = []
  let place = 0
  for (const [index, query] of queries.entries()) {
    const values = valuesOf(context, query.MetricStat, index, startMs, endMs)
    if (input.ScanBy !== 'TimestampAscending') values.reverse()
    const first = Math.max(0, from - place)
    const shown = values.slice(first, Math.max(first, from + most - place))
    const isCut = place + values.length > from + most
    // What an earlier page told whole is not told again.
    const isTold = from > 0 && place + values.length <= from
    place += values.length
    if (query.ReturnData === false || isTold) continue
    results.push({
      Id: query.Id,
      Label: query.Label ?? query.MetricStat.Metric?.MetricName,
      Timestamps: shown.map(({ atMs }) => toWireTime(atMs)),
      Values: shown.map(({ value }) => value),
      StatusCode: isCut ? 'PartialData' : 'Complete',
    })
  }
  return {
    MetricDataResults: results,
    Messages: [],
    NextToken: place > from + most ? toPageToken(from + most) : undefined,
  }
}
