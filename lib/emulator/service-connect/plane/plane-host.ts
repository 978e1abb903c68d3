import { connect, type Socket } from 'node:net'
import { Http1Pool } from './http1/pool'
import type { RoutedHost } from './route'
import type { PlaneSettings } from './settings'
import type { CallEvents, UpstreamCall } from './sides'

export type HostOptions = {
  readonly address: string
  readonly port: number
  /** Where connections come from; undefined: as the system likes. */
  readonly from: string | undefined
  readonly idleKeptMs: number
  readonly settings: PlaneSettings
  readonly onEmpty: (host: RoutedHost) => void
}

/** One address and port that requests or connections go to. */
export class PlaneHost implements RoutedHost {
  readonly name: string
  readonly #options: HostOptions
  readonly #pool: Http1Pool

  constructor(options: HostOptions) {
    this.name = `${options.address}:${options.port}`
    this.#options = options
    this.#pool = new Http1Pool({
      connect: () => this.dial().socket,
      secure: false,
      idleKeptMs: options.idleKeptMs,
      settings: options.settings,
      onEmpty: () => options.onEmpty(this),
    })
  }

  open(events: CallEvents, fresh: boolean): UpstreamCall | undefined {
    return this.#pool.open(events, fresh)
  }

  dial(): { readonly socket: Socket; readonly secure: boolean } {
    const { address, port, from } = this.#options
    const socket = connect({ host: address, port, localAddress: from, noDelay: true, allowHalfOpen: true })
    return { socket, secure: false }
  }

  retire(): void {
    this.#pool.retire()
  }

  kill(): void {
    this.#pool.kill()
  }
}
