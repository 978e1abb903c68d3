import type { Http2Server } from 'node:http2'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { ProxyProtocol } from '../proxy-spec'
import { Http1ServerConnection } from './http1/server-connection'
import { Http2ServerConnection, makeHttp2Server } from './http2/server'
import { speaksHttp2 } from './plane-host'
import type { Route } from './route'
import { carryConnection } from './tcp/tcp-connection'
import type { Identity } from './tls/authority'

export type Place = { readonly address: string; readonly port: number }

/** Something that a caller has open. */
type Open = { readonly isIdle: boolean; drain(): void; kill(): void }

export type Listener = {
  /**
   * Takes no new connection but those that callers have made already; `onEmpty` when the last one is gone, at once when there
   * is none.
   */
  drain(onEmpty: () => void): void
  /** Closes the connections that nothing is under way on, once what has come on them is read. */
  closeIdle(): void
  kill(): void
}

export type ListenerOptions = {
  readonly place: Place
  readonly protocol: ProxyProtocol
  readonly route: Route
  /** Undefined: in the clear. */
  readonly identity: Identity | undefined
  /** `port`: where it really listens; `place.port` may be 0. */
  readonly listening: (port: number) => void
  readonly failed: (reason: string) => void
  /** Something that people should read of. */
  readonly note: (line: string) => void
}

/** So many connections stand at most before they are taken. */
const backlog = 1_024

/** Once everything that has come by now is read: the turn of the loop that this is called in may be half over. */
const afterWholeTurn = (act: () => void): void => {
  setImmediate(() => setImmediate(act))
}

/** Listens at one place and carries what comes there by its route. */
export function startListener(options: ListenerOptions): Listener {
  const { place, protocol, route, identity } = options
  const open = new Set<Open>()
  let draining = false
  let taking = true
  let taken = 0
  let closesIdle = false
  let onEmpty: (() => void) | undefined
  let http2: Http2Server | undefined

  const tellEmpty = (): void => {
    if (taking || open.size > 0) return
    const told = onEmpty
    onEmpty = undefined
    told?.()
  }

  const closed = (connection: Open): void => {
    open.delete(connection)
    route.counter.closed()
    tellEmpty()
  }

  const carryHttp2 = (before: Open, socket: Socket, bytes: Buffer): void => {
    open.delete(before)
    http2 ??= makeHttp2Server(route)
    const connection = new Http2ServerConnection(socket, bytes, http2, route, closed)
    open.add(connection)
    if (draining) connection.drain()
  }

  const carry = (socket: Socket): void => {
    route.counter.opened()
    if (protocol === 'tcp') {
      const connection = { isIdle: false, drain() {}, kill: () => socket.destroy() }
      open.add(connection)
      socket.on('error', () => {})
      socket.once('close', () => closed(connection))
      carryConnection(socket, route)
      return
    }
    const connection = new Http1ServerConnection(socket, route, closed, (before, bytes) =>
      carryHttp2(before, socket, bytes),
    )
    open.add(connection)
    if (draining) connection.drain()
  }

  const handshakes = new Set<Socket>()
  const server = makeServer(protocol, identity, carry, handshakes)
  let listening = false
  server.on('connection', () => taken++)
  server.on('error', (error: NodeJS.ErrnoException) => {
    // One connection that could not be taken (too many open files) is no reason to end.
    if (listening) return options.note(`a connection could not be taken: ${error.code ?? error.message}`)
    const where = `${place.address}:${place.port}`
    options.failed(
      error.code === 'EADDRINUSE'
        ? `address ${where} in use`
        : `cannot listen on ${where}: ${error.code ?? error.message}`,
    )
  })
  server.listen({ host: place.address, port: place.port, exclusive: true, backlog }, () => {
    listening = true
    const address = server.address()
    options.listening(typeof address === 'object' && address ? address.port : place.port)
  })

  const closeIdle = (): void => {
    // When the process could not go on for a while its timers fire before it reads: a request may have come meanwhile.
    afterWholeTurn(() => {
      for (const connection of [...open]) if (connection.isIdle) connection.kill()
    })
  }

  /**
   * A caller's connection stands, and may carry a request, before this process has taken it; closing now would reset it. Node
   * takes one with each turn of the loop: after a whole turn without any there is none left.
   */
  const takeTheRest = (mayTake: number): void => {
    const before = taken
    afterWholeTurn(() => {
      if (!taking) return
      const came = taken - before
      if (came > 0 && came < mayTake) {
        takeTheRest(mayTake - came)
        return
      }
      taking = false
      server.close()
      if (closesIdle) closeIdle()
      tellEmpty()
    })
  }

  return {
    drain(told) {
      if (draining) return
      draining = true
      onEmpty = told
      for (const connection of [...open]) connection.drain()
      takeTheRest(backlog)
    },
    closeIdle() {
      closesIdle = true
      if (!taking) closeIdle()
    },
    kill() {
      taking = false
      server.close()
      for (const socket of handshakes) socket.destroy()
      for (const connection of [...open]) connection.kill()
    },
  }
}

function makeServer(
  protocol: ProxyProtocol,
  identity: Identity | undefined,
  carry: (socket: Socket) => void,
  handshakes: Set<Socket>,
): Server {
  const options = { allowHalfOpen: true, noDelay: true, pauseOnConnect: protocol === 'tcp' }
  if (!identity) return createServer(options, carry)
  const server = createTlsServer({
    ...options,
    pauseOnConnect: false,
    ...identity,
    minVersion: 'TLSv1.3',
    ALPNProtocols: speaksHttp2(protocol) ? ['h2', 'http/1.1'] : ['http/1.1'],
  })
  server.on('connection', (socket: Socket) => {
    handshakes.add(socket)
    socket.once('close', () => handshakes.delete(socket))
  })
  server.on('secureConnection', (socket) => {
    if (protocol === 'tcp') socket.pause()
    carry(socket)
  })
  // Somebody without TLS, or who does not trust us: the connection is closed, nobody else is concerned.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}
