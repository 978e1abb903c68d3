import { connect, createServer, type Server, type Socket } from 'node:net'
import type { DataPlane, ProxyHandle } from '@/lib/emulator/service-connect/data-plane'
import type { EndpointInstance, ProxySpec } from '@/lib/emulator/service-connect/proxy-spec'

const unavailable = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** Forwards connections in this process, for tests of everything around a data plane; it knows nothing of requests. */
export function makePlainDataPlane(): DataPlane & {
  readonly specs: ProxySpec[]
  readonly calls: string[]
  readonly endpoints: ReadonlyMap<string, readonly EndpointInstance[]>
} {
  const endpoints = new Map<string, readonly EndpointInstance[]>()
  const handles = new Set<ProxyHandle>()
  const specs: ProxySpec[] = []
  const calls: string[] = []
  let turn = 0

  const listen = (
    sockets: Set<Socket>,
    at: { readonly address: string; readonly port: number },
    target: () => { address: string; port: number } | undefined,
    localAddress?: string,
  ): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer((socket) => {
        sockets.add(socket)
        socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
        const to = target()
        if (!to) return socket.end(unavailable)
        const onward = connect({ host: to.address, port: to.port, ...(localAddress && { localAddress }) })
        onward.on('error', () => (onward.connecting ? socket.end(unavailable) : socket.destroy()))
        onward.on('close', () => socket.destroy())
        socket.on('close', () => onward.destroy())
        socket.pipe(onward).pipe(socket)
      })
      server.once('error', reject)
      server.listen(at.port, at.address, () => resolve(server))
    })

  return {
    specs,
    calls,
    endpoints,
    start(spec, events) {
      specs.push(spec)
      const inboundSockets = new Set<Socket>()
      const outboundSockets = new Set<Socket>()
      let servers: readonly Server[] = []
      let isOver = false
      const end = (exitCode: number, reason?: string) => {
        if (isOver) return
        isOver = true
        handles.delete(handle)
        for (const server of servers) server.close()
        for (const socket of [...inboundSockets, ...outboundSockets]) socket.destroy()
        setImmediate(() => events.ended(exitCode, reason))
      }
      const handle: ProxyHandle = {
        quiesce() {
          calls.push(`quiesce ${spec.taskId}`)
          setTimeout(() => events.drained?.(), 20)
        },
        drain() {
          calls.push(`drain ${spec.taskId}`)
          end(0)
        },
        kill() {
          calls.push(`kill ${spec.taskId}`)
          end(137)
        },
      }
      handles.add(handle)
      Promise.all([
        ...spec.inbound.map((one) => listen(inboundSockets, one, () => one.app)),
        ...spec.outbound.map((one) =>
          listen(
            outboundSockets,
            one,
            () => {
              const instances = endpoints.get(one.endpointId) ?? []
              return instances[turn++ % Math.max(1, instances.length)]
            },
            spec.taskAddress,
          ),
        ),
      ]).then(
        (opened) => {
          servers = opened
          if (isOver) for (const server of opened) server.close()
          else events.ready()
        },
        (error: Error) => end(1, error.message),
      )
      return handle
    },
    setInstances(endpointId, instances) {
      endpoints.set(endpointId, instances)
    },
    onTraffic() {},
    async close() {
      for (const handle of [...handles]) handle.kill()
    },
  }
}
