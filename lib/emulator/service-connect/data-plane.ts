import type { EndpointInstance, ProxySpec } from './proxy-spec'
import type { TrafficReport } from './traffic-report'

/** What a started proxy tells. `ended` comes once, as the last. None comes before `start` has returned. */
export type ProxyEvents = {
  /** Every listener listens: the sidecar is HEALTHY. */
  ready(): void
  /** A line for the sidecar's log stream: what the proxy does, and access logs. */
  log(lines: readonly string[]): void
  /** After `quiesce`: nothing inbound is in flight any more, or its time is over. */
  drained?(): void
  /** Stopped as asked (0), or it could not go on (then with a reason, as `address 127.255.0.1:80 in use`). */
  ended(exitCode: number, reason?: string): void
}

export type ProxyHandle = {
  /**
   * The first half of `drain`, so that the application can end between the two: takes no new inbound connection, lets what is in
   * flight finish, tells `drained` when nothing is left or after `waitMs`. Outbound goes on until `drain` or `kill`. (Asked for by the
   * runtime, which ends a task in the order: deregistered, requests finished, application, proxy. A second call is ignored. A plane
   * without it is only drained after the application.)
   */
  quiesce?(waitMs: number): void
  /** Takes no new inbound connection, lets what is in flight finish for `waitMs` at most, then ends. Outbound goes on until the end. */
  drain(waitMs: number): void
  kill(): void
}

/** Carries Service Connect traffic, in a process of its own so that calls of the API and traffic do not wait for each other. */
export type DataPlane = {
  start(spec: ProxySpec, events: ProxyEvents): ProxyHandle
  /** The instances behind an endpoint as they are now; known to every proxy from then on. Empty: 503 (TCP: closed). */
  setInstances(endpointId: string, instances: readonly EndpointInstance[]): void
  /** Told about once a second while there is traffic. */
  onTraffic(listener: (reports: readonly TrafficReport[]) => void): void
  /** Ends every proxy at once. */
  close(): Promise<void>
}
