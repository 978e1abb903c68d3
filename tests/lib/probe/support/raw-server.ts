import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { type CallTools, call } from '@/lib/probe/call'
import { openSocket } from '@/lib/probe/call-connect'
import { callLimits } from '@/lib/probe/call-limits'

/** A TCP server that says whatever it is told to, HTTP or not. */
export type RawServer = {
  readonly port: number
  /** Every connection ever accepted. */
  readonly sockets: readonly Socket[]
  /** Resolves when every accepted connection is closed. */
  allClosed(): Promise<void>
  stop(): Promise<void>
}

export const startRawServer = async (
  onRequest: (socket: Socket, request: string) => void,
  host = '127.0.0.1',
): Promise<RawServer> => {
  const sockets: Socket[] = []
  const closed: Promise<unknown>[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    closed.push(new Promise((resolve) => socket.once('close', resolve)))
    // A caller that cuts the line is what these servers are for.
    socket.on('error', () => socket.destroy())
    socket.once('data', (data) => onRequest(socket, data.toString('latin1')))
  })
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    sockets,
    allClosed: async () => {
      await Promise.all(closed)
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Client sockets opened by `call`, to prove that none is left. */
export const countingTools = (limits: Partial<typeof callLimits> = {}) => {
  const opened: Socket[] = []
  const tools: CallTools = {
    limits: { ...callLimits, ...limits },
    open: (address, port) => {
      const socket = openSocket(address, port)
      opened.push(socket)
      return socket
    },
    now: () => performance.now(),
  }
  return { tools, opened }
}

export const callOnce = (
  tools: CallTools,
  port: number,
  more: Partial<Parameters<typeof call>[0]> = {},
  signal: AbortSignal = new AbortController().signal,
  progress?: Parameters<typeof call>[3],
) =>
  call(
    {
      address: '127.0.0.1',
      port,
      host: 'backend-api.production.local:8080',
      method: 'GET',
      path: '/api/data',
      callId: 'run.0',
      ...more,
    },
    tools,
    signal,
    progress,
  )
