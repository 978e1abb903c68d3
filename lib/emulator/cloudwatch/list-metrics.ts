import type { ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import type { Operation } from '../context'
import type { Wire } from '../wire/wire-type'
import { validationError } from './errors'
import { fromPageToken, toPageToken } from './page-token'
import type { Series } from './store'

const PAGE = 500
const MOST_FILTERS = 10
/** What `RecentlyActive: PT3H` means. */
const RECENT_MS = 10_800_000

/** A metric matches when it has every dimension asked for; it may have more (CloudWatch API reference, "ListMetrics"). */
function hasDimensions(series: Series, filters: NonNullable<Wire<ListMetricsInput>['Dimensions']>): boolean {
  return filters.every((filter) =>
    series.dimensions.some(
      ({ name, value }) => name === filter.Name && (filter.Value === undefined || value === filter.Value),
    ),
  )
}

/** ListMetrics. New metrics are listed at once; AWS takes up to 15 minutes. */
export const listMetrics: Operation<Wire<ListMetricsInput>, Wire<ListMetricsOutput>> = (
  { metrics, scope, clock },
  input,
) => {
  const filters = input.Dimensions ?? []
  if (filters.length > MOST_FILTERS)
    throw validationError(`The collection Dimensions must not have a size greater than ${MOST_FILTERS}.`)
  const start = fromPageToken(input.NextToken)
  const found = metrics
    .list(scope)
    .filter(({ namespace }) => input.Namespace === undefined || namespace === input.Namespace)
    .filter(({ name }) => input.MetricName === undefined || name === input.MetricName)
    .filter((series) => hasDimensions(series, filters))
    .filter(({ lastAtMs }) => input.RecentlyActive === undefined || clock.now() - lastAtMs < RECENT_MS)
  const page = found.slice(start, start + PAGE)
  return {
    Metrics: page.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensions.map((one) => ({ Name: one.name, Value: one.value })),
    })),
    NextToken: start + PAGE < found.length ? toPageToken(start + PAGE) : undefined,
  }
}
