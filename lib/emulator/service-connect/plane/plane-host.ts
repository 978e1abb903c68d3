import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Http1Pool } from './http1/pool'
import { Http2Sessions } from './http2/client-session'
import type { RoutedHost } from './route'
import type { PlaneSettings } from './settings'
import type { CallEvents, UpstreamCall } from './sides'

export type HostOptions = {
  readonly address: string
  readonly port: number
  /** Where connections come from; undefined: as the system likes. */
  readonly from: string | undefined
  readonly http2: boolean
  /** Undefined: in the clear. */
  readonly tls: { readonly ca: string; readonly serverName: string } | undefined
  readonly idleKeptMs: number
  readonly settings: PlaneSettings
  readonly onEmpty: (host: RoutedHost) => void
}

/** One address and port that requests or connections go to. */
export class PlaneHost implements RoutedHost {
  readonly name: string
  readonly #options: HostOptions
  readonly #connections: Http1Pool | Http2Sessions

  constructor(options: HostOptions) {
    this.name = `${options.address}:${options.port}`
    this.#options = options
    const { idleKeptMs, settings } = options
    const shared = {
      connect: () => this.dial().socket,
      secure: options.tls !== undefined,
      idleKeptMs,
      settings,
      onEmpty: () => options.onEmpty(this),
    }
    this.#connections = options.http2 ? new Http2Sessions(shared) : new Http1Pool(shared)
  }

  open(events: CallEvents, fresh: boolean): UpstreamCall | undefined {
    return this.#connections.open(events, fresh)
  }

  dial(): { readonly socket: Socket; readonly secure: boolean } {
    const { address, port, from, tls, http2 } = this.#options
    const place = { host: address, port, localAddress: from, noDelay: true, allowHalfOpen: true }
    if (!tls) return { socket: connect(place), secure: false }
    const socket = connectTls({
      ...place,
      ca: tls.ca,
      servername: tls.serverName,
      minVersion: 'TLSv1.3',
      ALPNProtocols: [http2 ? 'h2' : 'http/1.1'],
    })
    return { socket, secure: true }
  }

  retire(): void {
    this.#connections.retire()
  }

  kill(): void {
    this.#connections.kill()
  }
}
