import type { Operation } from '../context'
import { getMetricData } from './get-metric-data'
import { getMetricStatistics } from './get-metric-statistics'
import { listMetrics } from './list-metrics'

/** CloudWatch: reading what was measured. Writing is the local cloud's own, through the metric store. */
export const cloudWatchOperations: Readonly<Record<string, Operation>> = {
  GetMetricData: getMetricData,
  GetMetricStatistics: getMetricStatistics,
  ListMetrics: listMetrics,
}
