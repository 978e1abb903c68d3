import type { TrafficReport } from '../service-connect/traffic-report'
import type { TrafficOwner } from '../service-connect/traffic-sink'
import type { Datum } from './datum'

/** Where ECS writes what its services and Service Connect's proxies do (ECS developer guide, "CloudWatch metrics"). */
export const ECS_NAMESPACE = 'AWS/ECS'

type Dimensions = Datum['dimensions']

/** The caller's or the server's own, and all of one discovery name together (namespaces are not told apart: AWS doesn't). */
function dimensionSets(report: TrafficReport, owner: TrafficOwner): readonly Dimensions[] {
  const service = [
    { name: 'ServiceName', value: owner.serviceName },
    { name: 'ClusterName', value: owner.clusterName },
  ]
  if (report.side === 'inbound') {
    const discovery = { name: 'DiscoveryName', value: report.discoveryName }
    return [[discovery], [discovery, ...service]]
  }
  const target = { name: 'TargetDiscoveryName', value: report.discoveryName }
  return [[target], [...service, target]]
}

type Value = Omit<Datum, 'namespace' | 'dimensions' | 'atMs'>

/** Things counted: their number is the value, once per report. */
const counted = (name: string, value: number, unit = 'Count'): Value => ({
  name,
  unit,
  sampleCount: 1,
  sum: value,
  minimum: value,
  maximum: value,
})

function responseTimes(report: TrafficReport): Value[] {
  const times = report.responseTimes.filter(([, count]) => count > 0)
  const sampleCount = times.reduce((sum, [, count]) => sum + count, 0)
  if (sampleCount === 0) return []
  const bounds = times.map(([upToMs]) => upToMs)
  return [
    {
      name: 'TargetResponseTime',
      unit: 'Milliseconds',
      sampleCount,
      sum: report.responseTimeSumMs,
      minimum: Math.min(...bounds),
      maximum: Math.max(...bounds),
      histogram: times,
    },
  ]
}

function inboundValues(report: TrafficReport): Value[] {
  return [
    counted('ActiveConnectionCount', report.activeConnections),
    counted('NewConnectionCount', report.newConnections),
    counted('ProcessedBytes', report.bytesIn, 'Bytes'),
    ...(report.requests > 0 ? [counted('RequestCount', report.requests)] : []),
    ...(report.grpcRequests > 0 ? [counted('GrpcRequestCount', report.grpcRequests)] : []),
  ]
}

/** AWS counts answers by status for HTTP and HTTP/2; gRPC answers 200 whatever happens, so it is left out there. */
function statusCounts(report: TrafficReport): Value[] {
  if (report.grpcRequests > 0 && report.grpcRequests >= report.requests) return []
  return ([2, 3, 4, 5] as const).flatMap((hundreds) => {
    const count = report.statusClasses[hundreds] ?? 0
    return count > 0 ? [counted(`HTTPCode_Target_${hundreds}XX_Count`, count)] : []
  })
}

function outboundValues(report: TrafficReport, newTargets: number): Value[] {
  const { requests } = report
  return [
    counted('TargetProcessedBytes', report.bytesIn + report.bytesOut, 'Bytes'),
    ...statusCounts(report),
    // One sample per target and minute, so that the average is what each of them got.
    ...(requests > 0 ? [{ ...counted('RequestCountPerTarget', requests), sampleCount: newTargets }] : []),
    ...responseTimes(report),
  ]
}

/**
 * What AWS would count of one report (ECS developer guide, "Service Connect metrics"), in both dimension sets. Inbound ones tell of the
 * server, outbound ones of the caller. `newTargets`: targets of the endpoint that were not counted in this minute yet.
 */
export function trafficData(
  report: TrafficReport,
  owner: TrafficOwner,
  atMs: number,
  newTargets = 1,
): readonly Datum[] {
  const values = report.side === 'inbound' ? inboundValues(report) : outboundValues(report, newTargets)
  const told = values.filter((value) => Number.isFinite(value.sum) && value.sum >= 0)
  return dimensionSets(report, owner).flatMap((dimensions) =>
    told.map((value) => ({ namespace: ECS_NAMESPACE, dimensions, atMs, ...value })),
  )
}
