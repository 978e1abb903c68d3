import type { Metric, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { list, text } from './loose'

/** A caller and an endpoint between which CloudWatch counts, with the names of what it counts. */
export type Pair = {
  readonly key: string
  readonly clusterName: string
  readonly serviceName: string
  readonly targetDiscoveryName: string
  readonly metrics: ReadonlySet<string>
}

/** What is asked of a pair; one query each. */
export type Figure =
  | 'ok'
  | 'redirected'
  | 'refused'
  | 'failed'
  | 'answered'
  | 'called'
  | 'bytes'
  | 'p50'
  | 'p95'

/** Where ECS writes (ECS developer guide, "CloudWatch metrics"). */
export const ECS_METRICS = 'AWS/ECS'
/** The set that tells callers apart: with all three, traffic counts for the calling service. */
export const CALLER_DIMENSIONS = ['TargetDiscoveryName', 'ServiceName', 'ClusterName'] as const

/** Pairs in what ListMetrics says; metrics with other dimensions besides, or with one of these missing, are left out. */
export function pairsIn(metrics: readonly Metric[] | undefined): readonly Pair[] {
  const pairs = new Map<string, Pair & { readonly metrics: Set<string> }>()
  for (const metric of list(metrics)) {
    const dimensions = list(metric.Dimensions)
    const value = (name: string) => text(dimensions.find((one) => one.Name === name)?.Value)
    const [targetDiscoveryName, serviceName, clusterName] = CALLER_DIMENSIONS.map(value)
    if (!targetDiscoveryName || !serviceName || !clusterName || dimensions.length !== 3) continue
    const key = JSON.stringify([clusterName, serviceName, targetDiscoveryName])
    const pair = pairs.get(key) ?? {
      key,
      clusterName,
      serviceName,
      targetDiscoveryName,
      metrics: new Set<string>(),
    }
    pair.metrics.add(text(metric.MetricName))
    pairs.set(key, pair)
  }
  return [...pairs.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

const statuses = [
  ['ok', 'HTTPCode_Target_2XX_Count'],
  ['redirected', 'HTTPCode_Target_3XX_Count'],
  ['refused', 'HTTPCode_Target_4XX_Count'],
  ['failed', 'HTTPCode_Target_5XX_Count'],
] as const

/** What to ask: every metric asked for costs at AWS, so only those that are listed, and bytes only where no call is counted. */
export function figuresOf(pair: Pair): readonly (readonly [figure: Figure, metric: string, stat: string])[] {
  const { metrics } = pair
  const timed = metrics.has('TargetResponseTime')
  const coded = statuses.filter(([, name]) => metrics.has(name))
  const times = timed
    ? ([
        ['p50', 'TargetResponseTime', 'p50'],
        ['p95', 'TargetResponseTime', 'p95'],
      ] as const)
    : []
  if (coded.length > 0) return [...coded.map(([figure, name]) => [figure, name, 'Sum'] as const), ...times]
  // gRPC: its answers are not counted by status, but each has its time.
  if (timed) return [['answered', 'TargetResponseTime', 'SampleCount'], ...times]
  if (metrics.has('RequestCountPerTarget')) return [['called', 'RequestCountPerTarget', 'Sum']]
  return metrics.has('TargetProcessedBytes') ? [['bytes', 'TargetProcessedBytes', 'Sum']] : []
}

export type Asked = { readonly pair: Pair; readonly figure: Figure; readonly query: MetricDataQuery }

/** The queries of all pairs, in order; ids are unique among them. */
export function queriesOf(pairs: readonly Pair[]): readonly Asked[] {
  return pairs.flatMap((pair, number) =>
    figuresOf(pair).map(([figure, name, stat]) => ({
      pair,
      figure,
      query: {
        Id: `p${number}_${figure}`,
        MetricStat: {
          Metric: {
            Namespace: ECS_METRICS,
            MetricName: name,
            Dimensions: [
              { Name: 'TargetDiscoveryName', Value: pair.targetDiscoveryName },
              { Name: 'ServiceName', Value: pair.serviceName },
              { Name: 'ClusterName', Value: pair.clusterName },
            ],
          },
          Period: 60,
          Stat: stat,
        },
      },
    })),
  )
}
