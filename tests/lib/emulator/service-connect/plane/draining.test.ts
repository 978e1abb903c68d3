import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ProxyWorld, type RunningProxy, startProxy } from '@/lib/emulator/service-connect/plane/proxy'
import { defaultSettings } from '@/lib/emulator/service-connect/plane/settings'
import type { ProxySpec } from '@/lib/emulator/service-connect/proxy-spec'
import {
  eventually,
  inboundTo,
  instancesAt,
  listen,
  outboundTo,
  portOf,
  sayRaw,
  takePorts,
} from '@/tests/support/data-plane'

// In this process, so that a test decides what happens before the proxy has its next turn. Real sockets on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const waitMs = 20_000
const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const lastAnswer = /^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*\r\n\r\nok$/

const proxies: RunningProxy[] = []
const servers: Server[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const proxy of proxies.splice(0)) proxy.kill()
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function start(
  listeners: Partial<Pick<ProxySpec, 'inbound' | 'outbound'>>,
  hears: Partial<Pick<ProxyWorld, 'newId' | 'instancesOf'>> = {},
) {
  const spec = {
    scope: { accountId: '000000000000', region: 'us-east-1' },
    taskId: 'task',
    taskArn: 'arn:aws:ecs:us-east-1:000000000000:task/demo/task',
    taskAddress: '127.0.0.1',
    clusterName: 'demo',
    serviceName: 'backend',
    inbound: [],
    outbound: [],
    accessLog: null,
    ...listeners,
  }
  const world = {
    settings: defaultSettings,
    instancesOf: () => [],
    newId: () => 'id',
    random: () => 0,
    authority: () => Promise.reject(new Error('nobody asked for TLS')),
    ...hears,
  }
  const told = { drained: () => {} }
  const drained = new Promise<void>((resolve) => {
    told.drained = resolve
  })
  const proxy = await new Promise<RunningProxy>((resolve) => {
    const started = startProxy(spec, world, {
      ready: () => resolve(started),
      log: (lines) => takePorts(spec, lines),
      drained: () => told.drained(),
      ended: () => {},
    })
  })
  proxies.push(proxy)
  return { proxy, drained }
}

async function startInbound() {
  const app = createServer((_request, response) => response.end('ok'))
  servers.push(app)
  const inbound = inboundTo('drained', portOf(await listen(app)))
  return { ...(await start({ inbound: [inbound] })), port: inbound.port }
}

describe('a proxy that begins to drain', () => {
  it('still answers on the connections that callers have made but it has not taken yet', async () => {
    const { proxy, port, drained } = await startInbound()
    // On loopback the kernel has them the moment that each call is over; the proxy had no turn yet.
    const callers = Array.from({ length: 20 }, () => sayRaw(port, request))
    proxy.quiesce(waitMs)
    for (const { closed } of callers) expect(await closed).toMatch(lastAnswer)
    await drained
    expect(await sayRaw(port, request).closed).toBe('')
  })

  it('is quiet at once when nobody has called', async () => {
    const { proxy, drained } = await startInbound()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    proxy.quiesce(waitMs)
    await drained
  })

  it('answers a request that came while it could not read, on a connection that it would close as idle', async () => {
    const { proxy, port, drained } = await startInbound()
    const caller = sayRaw(port, request)
    await caller.until(/ok$/)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    proxy.quiesce(waitMs)
    const before = caller.text().length
    caller.socket.write(request)
    // As after a stall of the whole process: what is due comes first, reading second.
    vi.advanceTimersByTime(waitMs / 2)
    expect((await caller.closed).slice(before)).toMatch(lastAnswer)
    await drained
  })

  it('answers them all when it could not go on until its idle connections were to be closed', async () => {
    const { proxy, port, drained } = await startInbound()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const callers = Array.from({ length: 20 }, () => sayRaw(port, request))
    proxy.quiesce(waitMs)
    vi.advanceTimersByTime(waitMs / 2)
    for (const { closed } of callers) expect(await closed).toMatch(lastAnswer)
    await drained
  })

  it('takes no more than could stand before it, however many still come', async () => {
    const { proxy, port, drained } = await startInbound()
    proxy.quiesce(waitMs)
    let wasDrained = false
    drained.then(() => {
      wasDrained = true
    })
    const answers: Promise<string>[] = []
    while (!wasDrained) {
      answers.push(sayRaw(port, request).closed)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const texts = await Promise.all(answers)
    expect(texts.filter((text) => text !== '').length).toBeLessThanOrEqual(1_026)
    expect(texts.at(-1)).toBe('')
  })
})

describe('a service that goes from four instances to one', () => {
  it('fails no call of those that were on their way to the other three', async () => {
    const [stays, ...others] = await Promise.all([1, 2, 3, 4].map(startInbound))
    const calls = 32
    let sent = 0
    const scaleIn = (): void => {
      caller.proxy.setInstances('srv-four', instancesAt(stays?.port ?? 0))
      for (const { proxy } of others) proxy.quiesce(waitMs)
    }
    const outbound = outboundTo('srv-four')
    const caller = await start(
      { outbound: [outbound] },
      {
        instancesOf: () => instancesAt(...[stays, ...others].map((instance) => instance?.port ?? 0)),
        newId() {
          // Two turns later each of them has its connection and has said what it wants, and most were not taken yet.
          if (++sent === calls) setImmediate(() => setImmediate(scaleIn))
          return `call ${sent}`
        },
      },
    )
    const callers = Array.from({ length: calls }, () => sayRaw(outbound.port, ''))
    let taken = 0
    await eventually(() => {
      for (const counter of caller.proxy.counters) taken += counter.take()?.newConnections ?? 0
      return taken === calls
    })
    for (const { socket } of callers) socket.write(request)
    const answers = await Promise.all(callers.map(({ until }) => until(/\r\n\r\n\w/)))
    expect(answers.map((answer) => answer.slice(9, 12))).toEqual(Array.from({ length: calls }, () => '200'))
    await Promise.all(others.map(({ drained }) => drained))
  })
})
