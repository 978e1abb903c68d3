/** What one way of finding addresses brought: everything it said, before anything was checked. */
export type Found = {
  readonly addresses: readonly FoundAddress[]
  /** Set when the way itself failed; `addresses` is empty then. */
  readonly failure: FindFailure | null
  /** How it was asked, for example `SRV, A` or `HEALTHY_OR_ELSE_ALL`. */
  readonly asked: string
  /** Something worth saying although it worked; null when there is nothing. */
  readonly remark: string | null
  /** Who was asked, for example `127.0.0.1:8053`; null when that is obvious. */
  readonly server: string | null
  /** DNS only: how long a client may keep the answer. */
  readonly ttlSeconds: number | null
}

export type FoundAddress = {
  /** As it was given, not checked. */
  readonly address: string
  readonly port: number | null
  readonly health: string | null
  /** Cloud Map's instance id (for tasks of ECS: the task id); null when DNS answered. */
  readonly instanceId: string | null
}

export type FindFailure = {
  /** DNS or AWS error name, for example `ENOTFOUND` or `ServiceNotFound`. */
  readonly code: string
  readonly message: string
}

/** The outcome of a way that failed. */
export const notFound = (asked: string, failure: FindFailure, server: string | null = null): Found => ({
  addresses: [],
  failure,
  asked,
  remark: null,
  server,
  ttlSeconds: null,
})
