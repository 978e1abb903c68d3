import { type Fields, fieldOf, type RequestHead } from './message'
import type { Route } from './route'

/** What counters and access log are told of one exchange. */
export class Account {
  readonly #route: Route
  readonly #startedAtMs: number
  /** When the request's last byte was passed on, of `performance.now`; 0: it was not yet. */
  sentAtMs = 0
  /** 0: no answer was given. */
  status = 0
  /** How a gRPC call ended, as it was told. */
  grpcStatus: string | undefined
  bytesReceived = 0
  bytesSent = 0
  #serviceMs: number | undefined

  constructor(route: Route, startedAtMs: number, isGrpc: boolean) {
    this.#route = route
    this.#startedAtMs = startedAtMs
    route.counter.requests++
    if (isGrpc) route.counter.grpcRequests++
  }

  /** The head of a host's answer has come; how long it took, in ms. */
  answered(status: number, nowMs: number): number {
    this.status = status
    this.#route.counter.status(status)
    // Before the request was whole there is no "last byte sent" to measure from.
    const serviceMs = nowMs - (this.sentAtMs > 0 ? this.sentAtMs : this.#startedAtMs)
    this.#serviceMs = serviceMs
    this.#route.counter.times.add(serviceMs)
    return serviceMs
  }

  /** The proxy answers itself. `said`: the status on the wire, which for gRPC is always 200. */
  refused(status: number, said: number, bytes: number): void {
    this.status = said
    this.bytesSent = bytes
    this.#route.counter.status(status)
  }

  /** It is over. `fields`: as they were sent on. */
  close(head: RequestHead, fields: Fields, upstreamHost: string | undefined): void {
    const { access } = this.#route
    if (!access) return
    const durationMs = performance.now() - this.#startedAtMs
    access.request({
      startedAtMs: Date.now() - durationMs,
      method: head.method,
      path: head.path,
      protocol: head.protocol,
      status: this.status,
      grpcStatus: this.grpcStatus,
      bytesReceived: this.bytesReceived,
      bytesSent: this.bytesSent,
      durationMs,
      serviceMs: this.#serviceMs,
      forwardedFor: fieldOf(head.fields, 'x-forwarded-for'),
      userAgent: fieldOf(head.fields, 'user-agent'),
      requestId: fieldOf(fields, 'x-request-id'),
      authority: head.authority,
      upstreamHost,
    })
  }
}
