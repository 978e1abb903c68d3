import type { TrafficReport } from '@/lib/emulator/service-connect/traffic-report'
import type { TrafficOwner } from '@/lib/emulator/service-connect/traffic-sink'

/** A second of a quiet proxy, unless told otherwise. */
export const report = (more: Partial<TrafficReport> = {}): TrafficReport => ({
  taskId: '00000000000000000000000000000001',
  side: 'outbound',
  discoveryName: 'users',
  requests: 0,
  grpcRequests: 0,
  statusClasses: {},
  newConnections: 0,
  activeConnections: 0,
  bytesIn: 0,
  bytesOut: 0,
  responseTimes: [],
  responseTimeSumMs: 0,
  ...more,
})

export const trafficOwner = (more: Partial<TrafficOwner> = {}): TrafficOwner => ({
  scope: { accountId: '000000000000', region: 'us-east-1' },
  clusterName: 'default',
  serviceName: 'web',
  ...more,
})
