/** How the proxies behave; AWS documents most of it (ECS developer guide, "Service Connect"), the rest is Envoy's default. */
export type PlaneSettings = {
  /** Not documented by AWS; Envoy's default. */
  readonly connectTimeoutMs: number
  /** A host is avoided after so many failed connections … */
  readonly failuresToAvoid: number
  /** … within this time, */
  readonly failureWindowMs: number
  /** for this long at first, longer each time it is avoided again, */
  readonly avoidMs: number
  /** up to this. */
  readonly avoidMaxMs: number
  readonly retries: number
  /** The most a retry of the same host waits, at first; chance takes a part of it. Envoy's default. */
  readonly retryPauseMs: number
  /** A request body up to this size can be sent again. */
  readonly replayBytes: number
  /** A request's head has to be whole by then. */
  readonly headTimeoutMs: number
  /** Idle connections to an application are kept this long when it does not say for how long it keeps them. */
  readonly appIdleKeptMs: number
  /** The same for connections to other proxies, which keep them for five minutes themselves. */
  readonly peerIdleKeptMs: number
  /** Envoy's default for a cluster (max_connections). */
  readonly maxConnectionsPerHost: number
  readonly reportEveryMs: number
}

export const defaultSettings: PlaneSettings = {
  connectTimeoutMs: 5_000,
  failuresToAvoid: 5,
  failureWindowMs: 30_000,
  avoidMs: 30_000,
  avoidMaxMs: 300_000,
  retries: 2,
  retryPauseMs: 25,
  replayBytes: 262_144,
  headTimeoutMs: 60_000,
  appIdleKeptMs: 4_000,
  peerIdleKeptMs: 60_000,
  maxConnectionsPerHost: 1_024,
  reportEveryMs: 1_000,
}
