import type { Socket } from 'node:net'
import { LazyTimer } from '../lazy-timer'
import type { PlaneSettings } from '../settings'
import type { CallEvents, UpstreamCall } from '../sides'
import { type ConnectionOwner, Http1ClientConnection } from './client-connection'

/** An application that says it keeps connections for 5 s may close one just then: they are given up a second before. */
const keepMarginMs = 1_000

export type PoolOptions = {
  readonly connect: () => Socket
  readonly secure: boolean
  readonly idleKeptMs: number
  readonly settings: PlaneSettings
  /** Retired, and the last connection is closed. */
  readonly onEmpty: () => void
}

/** The connections to one host; the one used last is used next, so that the others may go. */
export class Http1Pool implements ConnectionOwner {
  readonly #options: PoolOptions
  readonly #all = new Set<Http1ClientConnection>()
  #idle: Http1ClientConnection[] = []
  readonly #timer = new LazyTimer((nowMs) => this.#sweep(nowMs))
  #retired = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Undefined: there are too many. */
  open(events: CallEvents, fresh: boolean): UpstreamCall | undefined {
    let connection = fresh ? undefined : this.#idle.pop()
    if (!connection) {
      const { settings, secure, connect } = this.#options
      if (this.#all.size >= settings.maxConnectionsPerHost) return undefined
      connection = new Http1ClientConnection(connect(), secure, this, settings.connectTimeoutMs)
      this.#all.add(connection)
    }
    connection.carry(events)
    return connection
  }

  idle(connection: Http1ClientConnection): void {
    if (this.#retired) {
      connection.kill()
      return
    }
    const { idleKeptMs } = this.#options
    const keptMs =
      connection.keepAliveMs === undefined
        ? idleKeptMs
        : Math.min(idleKeptMs, Math.max(0, connection.keepAliveMs - keepMarginMs))
    if (keptMs === 0) {
      connection.kill()
      return
    }
    connection.keptUntilMs = performance.now() + keptMs
    this.#idle.push(connection)
    this.#timer.ensure(connection.keptUntilMs)
  }

  closed(connection: Http1ClientConnection): void {
    this.#all.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at !== -1) this.#idle.splice(at, 1)
    this.#tellEmpty()
  }

  /** Idle connections are closed, what is under way finishes. */
  retire(): void {
    this.#retired = true
    for (const connection of [...this.#idle]) connection.kill()
    this.#tellEmpty()
  }

  kill(): void {
    this.#retired = true
    for (const connection of [...this.#all]) connection.kill()
  }

  #tellEmpty(): void {
    if (!this.#retired || this.#all.size > 0) return
    this.#timer.stop()
    this.#options.onEmpty()
  }

  #sweep(nowMs: number): number {
    let next = Number.POSITIVE_INFINITY
    for (const connection of [...this.#idle]) {
      if (connection.keptUntilMs <= nowMs) connection.kill()
      else next = Math.min(next, connection.keptUntilMs)
    }
    return next
  }
}
