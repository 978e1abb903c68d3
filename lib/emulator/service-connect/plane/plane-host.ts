import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ProxyProtocol } from '../proxy-spec'
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
  readonly protocol: ProxyProtocol
  /** Undefined: in the clear. */
  readonly tls: { readonly ca: string; readonly serverName: string } | undefined
  readonly idleKeptMs: number
  readonly settings: PlaneSettings
  readonly onEmpty: (host: RoutedHost) => void
}

export const speaksHttp2 = (protocol: ProxyProtocol): boolean => protocol === 'http2' || protocol === 'grpc'

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
    this.#connections = speaksHttp2(options.protocol) ? new Http2Sessions(shared) : new Http1Pool(shared)
  }

  open(events: CallEvents, fresh: boolean): UpstreamCall | undefined {
    return this.#connections.open(events, fresh)
  }

  dial(): { readonly socket: Socket; readonly secure: boolean } {
    const { address, port, from, tls, protocol } = this.#options
    const place = { host: address, port, localAddress: from, noDelay: true }
    // Only TCP knows one side that ends while the other still speaks; HTTP/2 would not notice its end.
    const allowHalfOpen = protocol === 'tcp'
    if (!tls) return { socket: connect({ ...place, allowHalfOpen }), secure: false }
    // A variable: Node's types do not know that `allowHalfOpen` is taken here, too.
    const options = {
      ...place,
      allowHalfOpen,
      ca: tls.ca,
      servername: tls.serverName,
      minVersion: 'TLSv1.3',
      ALPNProtocols: [speaksHttp2(protocol) ? 'h2' : 'http/1.1'],
    } as const
    const socket = connectTls(options)
    return { socket, secure: true }
  }

  retire(): void {
    this.#connections.retire()
  }

  kill(): void {
    this.#connections.kill()
  }
}
