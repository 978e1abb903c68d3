import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'
import { respond } from './respond'
import { makeFrameReader, toFrame } from './tcp-frames'
import type { ZoneSource } from './zone'

export type DnsServerOptions = {
  readonly host: string
  /** 0: any port that is free for both UDP and TCP. */
  readonly port: number
  readonly zones: ZoneSource
  /** [0, 1). */
  readonly random: () => number
}

export type DnsServer = { readonly host: string; readonly port: number; stop(): Promise<void> }

/** RFC 7766 asks for a few seconds; enough for a resolver that asks A and AAAA on one connection. */
const idleMs = 5_000
const maxConnections = 256
const portAttempts = 20

function listenTcp(host: string, port: number, options: DnsServerOptions): Promise<Server> {
  const server = createServer((socket) => serve(socket, options))
  server.maxConnections = maxConnections
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.removeListener('error', reject)
      resolve(server)
    })
  })
}

function bindUdp(host: string, port: number): Promise<UdpSocket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

function serve(socket: Socket, { zones, random }: DnsServerOptions): void {
  const readFrames = makeFrameReader()
  socket.setTimeout(idleMs, () => socket.destroy())
  // A reset by the other side; the socket closes by itself.
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    for (const message of readFrames(chunk)) {
      const reply = respond(message, 'tcp', zones(socket.remoteAddress ?? ''), random)
      if (!reply) return socket.destroy()
      if (socket.write(toFrame(reply))) continue
      // Somebody who asks and does not read waits for his own answers, not for our memory.
      socket.pause()
      socket.once('drain', () => socket.resume())
    }
  })
}

const closeTcp = (server: Server, open: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of open) socket.destroy()
  })

/** TCP first, then UDP on the same number; with port 0 another number when somebody else has it for UDP. */
async function bindBoth(options: DnsServerOptions): Promise<{ tcp: Server; udp: UdpSocket; port: number }> {
  const { host } = options
  for (let attempt = 1; ; attempt++) {
    const tcp = await listenTcp(host, options.port, options)
    const address = tcp.address()
    const port = typeof address === 'object' && address ? address.port : options.port
    try {
      return { tcp, udp: await bindUdp(host, port), port }
    } catch (error) {
      await closeTcp(tcp, new Set())
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || options.port !== 0 || attempt === portAttempts) throw error
    }
  }
}

/**
 * Starts a DNS server for the zones of the local cloud, by UDP and TCP on the same port. Rejects with the system's
 * error (EADDRINUSE, EACCES) when the port cannot be had.
 */
export async function startDnsServer(options: DnsServerOptions): Promise<DnsServer> {
  const { tcp, udp, port } = await bindBoth(options)
  const open = new Set<Socket>()
  tcp.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  udp.on('message', (message, from) => {
    const reply = respond(message, 'udp', options.zones(from.address), options.random)
    // An asker that is gone is nobody's error.
    if (reply) udp.send(reply, from.port, from.address, () => undefined)
  })
  // ICMP "port unreachable" of an asker that is gone comes back here on some systems.
  udp.on('error', () => undefined)
  return {
    host: options.host,
    port,
    async stop() {
      await Promise.all([closeTcp(tcp, open), new Promise<void>((resolve) => udp.close(() => resolve()))])
    },
  }
}
