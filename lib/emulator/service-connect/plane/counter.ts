import type { TrafficReport } from '../traffic-report'
import { ResponseTimes } from './response-times'

type StatusClass = 2 | 3 | 4 | 5

/**
 * Counts what goes through one listener. Bytes are counted where the caller is: in are those that came from it, out those
 * that went to it, heads and framing included.
 */
export class Counter {
  requests = 0
  grpcRequests = 0
  newConnections = 0
  activeConnections = 0
  bytesIn = 0
  bytesOut = 0
  readonly times = new ResponseTimes()
  readonly #classes: Partial<Record<StatusClass, number>> = {}
  #reportedActive = 0
  readonly #of: Pick<TrafficReport, 'taskId' | 'side' | 'discoveryName'>

  constructor(of: Pick<TrafficReport, 'taskId' | 'side' | 'discoveryName'>) {
    this.#of = of
  }

  status(status: number): void {
    const hundreds = Math.floor(status / 100)
    if (hundreds === 2 || hundreds === 3 || hundreds === 4 || hundreds === 5)
      this.#classes[hundreds] = (this.#classes[hundreds] ?? 0) + 1
  }

  opened(): void {
    this.newConnections++
    this.activeConnections++
  }

  closed(): void {
    this.activeConnections--
  }

  /** What was counted since the last report; undefined when there was nothing, and no connection is open that said something before. */
  take(): TrafficReport | undefined {
    const quiet =
      this.requests === 0 &&
      this.newConnections === 0 &&
      this.bytesIn === 0 &&
      this.bytesOut === 0 &&
      this.activeConnections === this.#reportedActive
    if (quiet) return undefined
    const { counts, sumMs } = this.times.take()
    const report: TrafficReport = {
      ...this.#of,
      requests: this.requests,
      grpcRequests: this.grpcRequests,
      statusClasses: { ...this.#classes },
      newConnections: this.newConnections,
      activeConnections: this.activeConnections,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      responseTimes: counts,
      responseTimeSumMs: sumMs,
    }
    this.#reportedActive = this.activeConnections
    this.requests = this.grpcRequests = this.newConnections = this.bytesIn = this.bytesOut = 0
    for (const hundreds of [2, 3, 4, 5] as const) delete this.#classes[hundreds]
    return report
  }
}
