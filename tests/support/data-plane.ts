import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { ProxyHandle } from '@/lib/emulator/service-connect/data-plane'
import { makeDataPlane, type ProcessDataPlane } from '@/lib/emulator/service-connect/make-data-plane'
import type { PlaneSettings } from '@/lib/emulator/service-connect/plane/settings'
import type { InboundListener, OutboundListener, ProxySpec } from '@/lib/emulator/service-connect/proxy-spec'
import type { TrafficReport } from '@/lib/emulator/service-connect/traffic-report'

/** The port that a server listens on. */
export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen on a port.')
  return address.port
}

export const listen = async <S extends Server>(server: S, port = 0): Promise<S> => {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return server
}

/**
 * A port of 127.0.0.1 that nobody listens on, for tests of that. Below those that the system gives to outgoing connections, since one
 * of these would take it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 11_000 + Math.floor(Math.random() * 21_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

export type StartedProxy = Required<ProxyHandle> & {
  readonly lines: readonly string[]
  readonly ready: Promise<void>
  readonly drained: Promise<void>
  readonly ended: Promise<{ readonly exitCode: number; readonly reason: string | undefined }>
}

export type TestPlane = ProcessDataPlane & {
  readonly reports: readonly TrafficReport[]
  /** What it said for people, as `level message`. */
  readonly said: readonly string[]
  proxy(spec: Partial<ProxySpec>): StartedProxy
}

const deferred = <T>() => {
  let settle: (value: T) => void = () => {}
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}

/** Listeners wait on any free port, which is set when their proxy is ready. */
type Movable<Listener extends { readonly port: number }> = Omit<Listener, 'port'> & { port: number }
const settlers = new WeakMap<object, (port: number) => void>()

function movable<Listener extends { readonly port: number }>(listener: Listener): Movable<Listener> {
  const mine = { ...listener }
  settlers.set(mine, (port) => Object.assign(mine, { port }))
  return mine
}

type Listeners = Pick<ProxySpec, 'inbound' | 'outbound'>

/** Reads from what a proxy says where its listeners are. */
export function takePorts({ inbound, outbound }: Listeners, lines: readonly string[]): void {
  for (const line of lines) {
    const [, port, name, to] =
      /^\[info\] listening on [\d.]+:(\d+) for (\S+) \(\w+\), to the (\w+)/.exec(line) ?? []
    const listener =
      to === 'application'
        ? inbound.find(({ discoveryName }) => discoveryName === name)
        : outbound.find(({ alias }) => alias === name)
    if (listener && port !== undefined) settlers.get(listener)?.(Number(port))
  }
}

/** Starts a data plane whose reports come quickly; close it in `afterAll`. */
export function startTestPlane(settings: Partial<PlaneSettings> = {}): TestPlane {
  const said: string[] = []
  const plane = makeDataPlane({
    log: (level, message) => said.push(`${level} ${message}`),
    settings: { reportEveryMs: 20, ...settings },
  })
  const reports: TrafficReport[] = []
  plane.onTraffic((news) => reports.push(...news))
  let count = 0
  return {
    ...plane,
    reports,
    said,
    proxy(spec) {
      count++
      const lines: string[] = []
      const ready = deferred<void>()
      let isReady = false
      const drained = deferred<void>()
      const ended = deferred<{ exitCode: number; reason: string | undefined }>()
      const whole: ProxySpec = {
        scope: { accountId: '000000000000', region: 'us-east-1' },
        taskId: `task-${count}`,
        taskArn: `arn:aws:ecs:us-east-1:000000000000:task/demo/task-${count}`,
        taskAddress: '127.0.0.1',
        clusterName: 'demo',
        serviceName: 'frontend',
        inbound: [],
        outbound: [],
        accessLog: null,
        ...spec,
      }
      // What it says is told a moment later than that it is ready.
      const tellReady = (): void => {
        if (isReady && [...whole.inbound, ...whole.outbound].every(({ port }) => port !== 0)) ready.settle()
      }
      const handle = plane.start(whole, {
        ready() {
          isReady = true
          tellReady()
        },
        drained: () => drained.settle(),
        log(more) {
          lines.push(...more)
          takePorts(whole, more)
          tellReady()
        },
        ended: (exitCode, reason) => ended.settle({ exitCode, reason }),
      })
      return { ...handle, lines, ready: ready.promise, drained: drained.promise, ended: ended.promise }
    },
  }
}

/** A name that a task may call; nothing is behind it until `setInstances`. Its port is known when its proxy is ready. */
export function outboundTo(
  endpointId: string,
  change: Partial<OutboundListener> = {},
): Movable<OutboundListener> {
  return movable({
    alias: endpointId,
    address: '127.0.0.1',
    port: 0,
    discoveryName: endpointId,
    endpointId,
    protocol: 'http',
    timeouts: { idleTimeoutMs: 300_000, perRequestTimeoutMs: 15_000 },
    tls: false,
    ...change,
  })
}

/** The way in to an application that listens on `appPort`; its own port is known when its proxy is ready. */
export function inboundTo(
  discoveryName: string,
  appPort: number,
  change: Partial<InboundListener> = {},
): Movable<InboundListener> {
  return movable({
    discoveryName,
    address: '127.0.0.1',
    port: 0,
    app: { address: '127.0.0.1', port: appPort },
    protocol: 'http',
    timeouts: { idleTimeoutMs: 300_000, perRequestTimeoutMs: 15_000 },
    tls: false,
    ...change,
  })
}

/** What stands behind an endpoint, by ports of 127.0.0.1. */
export const instancesAt = (...ports: readonly number[]) =>
  ports.map((port) => ({ instanceId: `at-${port}`, address: '127.0.0.1', port }))

/** A raw connection: what it was sent, as it came. */
export type Raw = {
  readonly socket: Socket
  /** Everything so far, Latin-1. */
  readonly text: () => string
  /** Waits until what came matches. */
  until(pattern: RegExp): Promise<string>
  readonly closed: Promise<string>
}

/** Says `bytes` on a connection of its own. */
export function sayRaw(port: number, bytes: string | Buffer): Raw {
  const socket = connect({ port, host: '127.0.0.1' })
  let text = ''
  const waiting = new Set<() => void>()
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    for (const look of waiting) look()
  })
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)))
  socket.write(bytes)
  return {
    socket,
    text: () => text,
    closed,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(text)) return
          waiting.delete(look)
          resolve(text)
        }
        waiting.add(look)
        socket.once('close', () => reject(new Error(`closed before ${pattern}: ${text}`)))
        look()
      }),
  }
}

/** Waits until `read` gives something, looking again with every turn of the loop. */
export async function eventually<T>(read: () => T | undefined | false): Promise<T> {
  for (;;) {
    const value = read()
    if (value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
