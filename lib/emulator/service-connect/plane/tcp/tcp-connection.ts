import type { Socket } from 'node:net'
import type { Route, RoutedHost } from '../route'
import { type PipeCounts, pipeSockets } from './pipe'

/**
 * Carries one caller's connection to a host of the endpoint. A host that cannot be reached is followed by another one, twice;
 * with none the caller's connection is closed.
 */
export function carryConnection(caller: Socket, route: Route): void {
  const { cluster, settings, limits, counter } = route
  const carried = { bytesIn: 0, bytesOut: 0 }
  let tried = 0
  let current: Socket | undefined

  const give = (): void => {
    caller.destroy()
  }

  const attempt = (previous: RoutedHost | undefined): void => {
    const host = cluster.pick(previous)
    if (!host) {
      give()
      return
    }
    const { socket, secure } = host.dial()
    current = socket
    let connected = false
    const timer = setTimeout(() => socket.destroy(), settings.connectTimeoutMs)
    // `close` follows and tells the rest.
    socket.on('error', () => {})
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      connected = true
      clearTimeout(timer)
      pipeSockets(caller, socket, limits.idleMs, [counter, carried])
      caller.resume()
    })
    socket.once('close', () => {
      clearTimeout(timer)
      if (connected || caller.destroyed) return
      cluster.failed(host)
      if (tried++ < route.retries) attempt(host)
      else give()
    })
  }

  caller.once('close', () => current?.destroySoon())
  logAtEnd(caller, route, carried)
  attempt(undefined)
}

function logAtEnd(caller: Socket, { access }: Route, carried: PipeCounts): void {
  if (!access) return
  const begunAtMs = performance.now()
  const connectionId = access.takeConnection()
  // A closed socket knows neither any more.
  const { remoteAddress = '-', remotePort = 0 } = caller
  caller.once('close', () => {
    const durationMs = performance.now() - begunAtMs
    access.connection({
      startedAtMs: Date.now() - durationMs,
      remoteAddress,
      remotePort,
      bytesReceived: carried.bytesIn,
      bytesSent: carried.bytesOut,
      durationMs,
      connectionId,
    })
  })
}
