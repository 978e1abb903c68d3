import {
  type Datapoint,
  type GetMetricStatisticsInput,
  type GetMetricStatisticsOutput,
  StandardUnit,
  type Statistic,
} from '@aws-sdk/client-cloudwatch'
import type { Operation } from '../context'
import { toWireTime, type Wire } from '../wire/wire-type'
import { readDimensions } from './dimensions'
import { invalidCombination, invalidValue } from './errors'
import { isPeriod, type Point, pointsOf } from './points'
import { statisticOf } from './statistic'

/** CloudWatch answers with at most so many (API reference, "GetMetricStatistics"). */
const MOST_POINTS = 1_440

type Input = Wire<GetMetricStatisticsInput>

function check(input: Input): void {
  const { Statistics: plain = [], ExtendedStatistics: percentiles = [], Period: period = 0 } = input
  const startMs = (input.StartTime ?? 0) * 1_000
  const endMs = (input.EndTime ?? 0) * 1_000
  if (startMs >= endMs) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.')
  if (!isPeriod(period)) throw invalidValue('The parameter Period must be a multiple of 60.')
  if (plain.length + percentiles.length === 0)
    throw invalidCombination(
      'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
    )
  if ((endMs - startMs) / 1_000 / period > MOST_POINTS)
    throw invalidCombination(
      `You have requested up to ${Math.floor((endMs - startMs) / 1_000 / period)} datapoints, which exceeds the limit of ${MOST_POINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    )
  for (const name of percentiles)
    if (!/^p/i.test(name) || !statisticOf(name))
      throw invalidValue(
        `The value ${JSON.stringify(name.slice(0, 40))} for parameter ExtendedStatistics is not supported.`,
      )
}

function datapoint({ atMs, bucket }: Point, input: Input, unit: StandardUnit | undefined): Wire<Datapoint> {
  const value = (name: string) => statisticOf(name)?.(bucket)
  const wanted = (name: Statistic) => (input.Statistics?.includes(name) ? value(name) : undefined)
  const percentiles = (input.ExtendedStatistics ?? []).flatMap((name) => {
    const told = value(name)
    return told === undefined ? [] : [[name, told] as const]
  })
  return {
    Timestamp: toWireTime(atMs),
    SampleCount: wanted('SampleCount'),
    Average: wanted('Average'),
    Sum: wanted('Sum'),
    Minimum: wanted('Minimum'),
    Maximum: wanted('Maximum'),
    ExtendedStatistics: percentiles.length > 0 ? Object.fromEntries(percentiles) : undefined,
    Unit: unit,
  }
}

/** GetMetricStatistics: one metric, several statistics at once. AWS promises no order; this one is by time. */
export const getMetricStatistics: Operation<Input, Wire<GetMetricStatisticsOutput>> = (
  { metrics, scope },
  input,
) => {
  check(input)
  const dimensions = readDimensions(input.Dimensions, 'Dimensions')
  const series = metrics.find(scope, input.Namespace ?? '', input.MetricName ?? '', dimensions)
  if (!series || (input.Unit !== undefined && input.Unit !== series.unit))
    return { Label: input.MetricName, Datapoints: [] }
  const points = pointsOf(series, {
    startMs: (input.StartTime ?? 0) * 1_000,
    endMs: (input.EndTime ?? 0) * 1_000,
    periodSeconds: input.Period ?? 60,
  })
  const unit = Object.values(StandardUnit).find((known) => known === series.unit)
  return {
    Label: input.MetricName,
    Datapoints: points.map((point) => datapoint(point, input, unit)),
  }
}
