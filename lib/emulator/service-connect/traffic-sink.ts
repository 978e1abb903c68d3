import type { Scope } from '../scope'
import type { TrafficReport } from './traffic-report'

/** Whose proxy counted. */
export type TrafficOwner = {
  readonly scope: Scope
  readonly clusterName: string
  readonly serviceName: string
}

/**
 * Where the local cloud takes the data plane's reports to, about once a second; the metric store turns them into metrics.
 * `ownerOf` knows every task whose proxy runs and those that ended a moment ago; undefined for any other.
 */
export type TrafficSink = {
  onTraffic(reports: readonly TrafficReport[], ownerOf: (taskId: string) => TrafficOwner | undefined): void
}
