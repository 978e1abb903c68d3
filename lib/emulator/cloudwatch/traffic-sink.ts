import type { TrafficOwner, TrafficSink } from '../service-connect/traffic-sink'
import type { MetricSink } from './datum'
import { trafficData } from './traffic-data'

const MINUTE_MS = 60_000

/** Which tasks took calls for an endpoint in the minute under way, and how many of them each caller's metric has as samples. */
type Minute = {
  readonly startMs: number
  readonly targets: Map<string, Set<string>>
  readonly counted: Map<string, number>
}

/** Turns what the proxies report into metrics. Reports of tasks that nobody owns (after a reset) are dropped. */
export function makeTrafficSink(metrics: MetricSink, now: () => number): TrafficSink {
  let minute: Minute = { startMs: 0, targets: new Map(), counted: new Map() }

  function newTargets(owner: TrafficOwner, endpoint: string): number {
    const known = Math.max(1, minute.targets.get(endpoint)?.size ?? 0)
    const caller = `${endpoint} ${owner.clusterName} ${owner.serviceName}`
    const counted = minute.counted.get(caller) ?? 0
    minute.counted.set(caller, Math.max(known, counted))
    return Math.max(0, known - counted)
  }

  return {
    onTraffic(reports, ownerOf) {
      const atMs = now()
      const startMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS
      if (startMs !== minute.startMs) minute = { startMs, targets: new Map(), counted: new Map() }
      const owned = reports.flatMap((report) => {
        const owner = ownerOf(report.taskId)
        if (!owner) return []
        const { accountId, region } = owner.scope
        return [{ report, owner, endpoint: `${accountId}/${region} ${report.discoveryName}` }]
      })
      for (const { report, endpoint } of owned) {
        if (report.side !== 'inbound' || report.requests === 0) continue
        const targets = minute.targets.get(endpoint) ?? new Set()
        minute.targets.set(endpoint, targets.add(report.taskId))
      }
      for (const { report, owner, endpoint } of owned) {
        const counts = report.side === 'outbound' && report.requests > 0
        metrics.put(trafficData(report, owner, atMs, counts ? newTargets(owner, endpoint) : 1), owner.scope)
      }
    },
  }
}
