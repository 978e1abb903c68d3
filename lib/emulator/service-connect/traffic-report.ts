/**
 * What a proxy counted since its last report. Inbound: traffic that came to the task as server of `discoveryName`. Outbound: what the
 * task's applications sent to the endpoint `discoveryName`. Counts are of this report alone, except `activeConnections`.
 */
export type TrafficReport = {
  readonly taskId: string
  readonly side: 'inbound' | 'outbound'
  readonly discoveryName: string
  readonly requests: number
  readonly grpcRequests: number
  /** By hundreds: `{ 2: 17, 5: 1 }`. HTTP only. */
  readonly statusClasses: Readonly<Partial<Record<2 | 3 | 4 | 5, number>>>
  readonly newConnections: number
  readonly activeConnections: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** From the request's last byte sent to the answer's first: `[upper bound in ms, how many]`, bounds growing by a tenth. */
  readonly responseTimes: readonly (readonly [upToMs: number, count: number])[]
  readonly responseTimeSumMs: number
}
