import { createServer, type Server, type Socket } from 'node:net'
import type { ProxyProtocol } from '../proxy-spec'
import { Http1ServerConnection } from './http1/server-connection'
import type { Route } from './route'
import { carryConnection } from './tcp/tcp-connection'

export type Place = { readonly address: string; readonly port: number }

/** Something that a caller has open. */
type Open = { readonly isIdle: boolean; drain(): void; kill(): void }

export type Listener = {
  /** Takes no new connection; `onEmpty` when the last one is gone, at once when there is none. */
  drain(onEmpty: () => void): void
  /** Closes the connections that nothing is under way on. */
  closeIdle(): void
  kill(): void
}

/** Listens at one place and carries what comes there by its route. */
export function startListener(
  place: Place,
  protocol: ProxyProtocol,
  route: Route,
  events: { listening(): void; failed(reason: string): void },
): Listener {
  const open = new Set<Open>()
  let draining = false
  let onEmpty: (() => void) | undefined

  const closed = (connection: Open): void => {
    open.delete(connection)
    route.counter.closed()
    if (open.size === 0) onEmpty?.()
  }

  const carryTcp = (socket: Socket): void => {
    const connection = { isIdle: false, drain() {}, kill: () => socket.destroy() }
    open.add(connection)
    socket.on('error', () => {})
    socket.once('close', () => closed(connection))
    carryConnection(socket, route)
  }

  const server: Server = createServer(
    { allowHalfOpen: true, noDelay: true, pauseOnConnect: protocol === 'tcp' },
    (socket) => {
      route.counter.opened()
      if (protocol === 'tcp') return carryTcp(socket)
      open.add(new Http1ServerConnection(socket, route, closed))
    },
  )
  server.on('error', (error: NodeJS.ErrnoException) => {
    const where = `${place.address}:${place.port}`
    events.failed(
      error.code === 'EADDRINUSE'
        ? `address ${where} in use`
        : `cannot listen on ${where}: ${error.code ?? error.message}`,
    )
  })
  server.listen({ host: place.address, port: place.port, exclusive: true, backlog: 1_024 }, () =>
    events.listening(),
  )

  return {
    drain(told) {
      if (draining) return
      draining = true
      onEmpty = told
      server.close()
      for (const connection of open) connection.drain()
      if (open.size === 0) told()
    },
    closeIdle() {
      for (const connection of [...open]) if (connection.isIdle) connection.kill()
    },
    kill() {
      server.close()
      for (const connection of [...open]) connection.kill()
    },
  }
}
