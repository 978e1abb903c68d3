import { spawn } from 'node:child_process'
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { createServer as createTcpServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import {
  eventually,
  freePort,
  inboundTo,
  instancesAt,
  listen,
  outboundTo,
  portOf,
  sayRaw,
  startTestPlane,
  type TestPlane,
} from '@/tests/support/data-plane'

// Real sockets on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const sourceEntry = fileURLToPath(
  new URL('../../../../../lib/emulator/service-connect/plane/from-source.mjs', import.meta.url),
)
/** A port that nobody listens on and nobody is given by chance. */
const nobody = 1
const planes: TestPlane[] = []
const servers: Server[] = []
afterEach(async () => {
  await Promise.all(planes.splice(0).map((plane) => plane.close()))
})
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections()
})

const startPlane = (settings: Parameters<typeof startTestPlane>[0] = {}): TestPlane => {
  const plane = startTestPlane(settings)
  planes.push(plane)
  return plane
}

async function app(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  return portOf(await listen(server))
}
const named = (name: string) =>
  app((request, response) => request.resume().on('end', () => response.end(name)))
const call = async (port: number, options?: RequestInit) => {
  const answer = await fetch(`http://127.0.0.1:${port}/`, options)
  return { status: answer.status, text: await answer.text() }
}

describe('retries', () => {
  it('lead past an instance that nobody listens at, for every method', async () => {
    const plane = startPlane({ failuresToAvoid: 1_000 })
    const outbound = outboundTo('srv-dead')
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-dead', instancesAt(nobody, await named('alive')))
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE'])
      for (let count = 0; count < 3; count++)
        expect(
          await call(outbound.port, { method, ...(method !== 'GET' && { body: 'x'.repeat(1_000) }) }),
        ).toEqual({
          status: 200,
          text: 'alive',
        })
  })

  it('go to another instance on 503, but for a POST', async () => {
    const plane = startPlane()
    let refused = 0
    const busy = await app((request, response) => {
      refused++
      request.resume().on('end', () => response.writeHead(503).end('busy'))
    })
    const outbound = outboundTo('srv-busy')
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-busy', instancesAt(busy, await named('free')))
    for (let count = 0; count < 4; count++) expect((await call(outbound.port)).text).toBe('free')
    const before = refused
    const posts = [
      await call(outbound.port, { method: 'POST' }),
      await call(outbound.port, { method: 'POST' }),
    ]
    expect(posts.map(({ status }) => status).toSorted()).toEqual([200, 503])
    expect(refused).toBe(before + 1)
  })

  it('are two, and then the 503 is the answer', async () => {
    const plane = startPlane()
    let asked = 0
    const busy = await app((_request, response) => {
      asked++
      response.writeHead(503, { 'x-own': 'yes' }).end('busy')
    })
    const outbound = outboundTo('srv-only-busy')
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-only-busy', instancesAt(busy))
    expect(await call(outbound.port)).toEqual({ status: 503, text: 'busy' })
    expect(asked).toBe(3)
  })

  it('repeat a request with its body when the application behind the other proxy is gone', async () => {
    const plane = startPlane()
    const dead = inboundTo('both', nobody)
    const alive = inboundTo('both', await app((request, response) => request.pipe(response)))
    const outbound = outboundTo('srv-both')
    await plane.proxy({ inbound: [dead] }).ready
    await plane.proxy({ inbound: [alive] }).ready
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-both', instancesAt(dead.port, alive.port))
    const body = 'x'.repeat(50_000)
    for (let count = 0; count < 4; count++)
      expect(await call(outbound.port, { method: 'POST', body })).toEqual({ status: 200, text: body })
  })

  it('lead every call elsewhere when an instance dies with dozens of them open', async () => {
    const plane = startPlane()
    const open: unknown[] = []
    const dying = createServer((_request, response) => open.push(response))
    servers.push(dying)
    const doomed = inboundTo('crowd', portOf(await listen(dying)))
    const alive = inboundTo('crowd', await named('alive'))
    const outbound = outboundTo('srv-crowd')
    await plane.proxy({ inbound: [doomed] }).ready
    await plane.proxy({ inbound: [alive] }).ready
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-crowd', instancesAt(doomed.port, alive.port))
    const calls = Array.from({ length: 80 }, () => call(outbound.port))
    await eventually(() => open.length === 40)
    dying.close().closeAllConnections()
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('do not answer for an application that claims never to have had the request', async () => {
    const plane = startPlane()
    let asked = 0
    const liar = await app((_request, response) => {
      asked++
      response.writeHead(503, { 'x-switchboard-not-delivered': '1' }).end('busy')
    })
    const inbound = inboundTo('liar', liar)
    const outbound = outboundTo('srv-liar')
    await plane.proxy({ inbound: [inbound] }).ready
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-liar', instancesAt(inbound.port))
    expect((await call(outbound.port, { method: 'POST' })).status).toBe(503)
    expect(asked).toBe(1)
  })

  it('keep calls whole while an application drops its kept connections', async () => {
    const plane = startPlane()
    const server = createServer((_request, response) => response.end('ok'))
    server.keepAliveTimeout = 5
    servers.push(server)
    const outbound = outboundTo('srv-impatient')
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-impatient', instancesAt(portOf(await listen(server))))
    for (let count = 0; count < 60; count++) {
      expect((await call(outbound.port)).status).toBe(200)
      await new Promise((resolve) => setTimeout(resolve, count % 12))
    }
  })

  it('lead TCP past an instance that nobody listens at', async () => {
    const plane = startPlane()
    const echo = createTcpServer((socket) => socket.pipe(socket))
    const outbound = outboundTo('srv-tcp', { protocol: 'tcp' })
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-tcp', instancesAt(nobody, portOf(await listen(echo))))
    for (let count = 0; count < 3; count++) {
      const raw = sayRaw(outbound.port, 'PING')
      await raw.until(/PING/)
      raw.socket.destroy()
    }
    echo.close()
  })
})

describe('an instance that cannot be reached', () => {
  it('is avoided after five failures, and asked again when its time is over', async () => {
    const plane = startPlane({ avoidMs: 400, retries: 0 })
    const deadPort = await freePort()
    const outbound = outboundTo('srv-outlier')
    const proxy = plane.proxy({ outbound: [outbound] })
    await proxy.ready
    plane.setInstances('srv-outlier', instancesAt(deadPort, await named('alive')))
    const failures = async (calls: number) => {
      let failed = 0
      for (let count = 0; count < calls; count++) if ((await call(outbound.port)).status !== 200) failed++
      return failed
    }
    expect(await failures(10)).toBe(5)
    await eventually(() => proxy.lines.some((line) => line.includes(`127.0.0.1:${deadPort} is avoided`)))
    expect(await failures(10)).toBe(0)
    const back = createServer((_request, response) => response.end('back'))
    servers.push(back)
    await listen(back, deadPort)
    const seen = new Set<string>()
    while (!seen.has('back')) seen.add((await call(outbound.port)).text)
    expect([...seen]).toEqual(['alive', 'back'])
  })

  it('is asked all the same when it is the only one', async () => {
    const plane = startPlane({ retries: 0 })
    const port = await freePort()
    const outbound = outboundTo('srv-alone')
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-alone', instancesAt(port))
    for (let count = 0; count < 8; count++) expect((await call(outbound.port)).status).toBe(503)
    const server = createServer((_request, response) => response.end('here'))
    servers.push(server)
    await listen(server, port)
    expect((await call(outbound.port)).text).toBe('here')
  })

  it('answers nothing for the connect timeout: another one is asked', async () => {
    // Reserved for documentation (RFC 5737): packets to it are lost, or refused at once.
    const plane = startPlane({ connectTimeoutMs: 80 })
    const outbound = outboundTo('srv-lost')
    await plane.proxy({ outbound: [outbound], taskAddress: '0.0.0.0' }).ready
    plane.setInstances('srv-lost', [
      { instanceId: 'lost', address: '192.0.2.1', port: 80 },
      ...instancesAt(await named('near')),
    ])
    for (let count = 0; count < 2; count++) expect((await call(outbound.port)).text).toBe('near')
  })
})

describe('instances change', () => {
  it('while calls are under way: these finish, the next go elsewhere', async () => {
    const plane = startPlane()
    const finish: (() => void)[] = []
    const slow = await app((_request, response) => finish.push(() => response.end('slow')))
    const outbound = outboundTo('srv-change')
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-change', instancesAt(slow))
    const underWay = call(outbound.port)
    await eventually(() => finish.length === 1)
    plane.setInstances('srv-change', instancesAt(await named('new')))
    for (let count = 0; count < 3; count++) expect((await call(outbound.port)).text).toBe('new')
    finish[0]?.()
    expect(await underWay).toEqual({ status: 200, text: 'slow' })
  })

  it('from none to one and back, as a running client sees it', async () => {
    const plane = startPlane()
    const outbound = outboundTo('srv-scale')
    await plane.proxy({ outbound: [outbound] }).ready
    const port = await named('one')
    const statuses: number[] = []
    for (const instances of [[], instancesAt(port), []]) {
      plane.setInstances('srv-scale', instances)
      statuses.push((await call(outbound.port)).status)
    }
    expect(statuses).toEqual([503, 200, 503])
  })

  it('before the proxy of a client starts: it knows them', async () => {
    const plane = startPlane()
    plane.setInstances('srv-early', instancesAt(await named('early')))
    const outbound = outboundTo('srv-early')
    await plane.proxy({ outbound: [outbound] }).ready
    expect((await call(outbound.port)).text).toBe('early')
  })
})

describe('a proxy that drains', () => {
  it('finishes what is under way, takes nothing new, and ends', async () => {
    const plane = startPlane()
    const finish: (() => void)[] = []
    const inbound = inboundTo(
      'slow',
      await app((_request, response) => finish.push(() => response.end('done'))),
    )
    const proxy = plane.proxy({ inbound: [inbound] })
    await proxy.ready
    const raw = sayRaw(inbound.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await eventually(() => finish.length === 1)
    proxy.drain(10_000)
    await eventually(() => proxy.lines.some((line) => line.includes('draining')))
    expect(await sayRaw(inbound.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n').closed).toBe('')
    finish[0]?.()
    expect(await raw.closed).toMatch(/connection: close[\s\S]*done$/)
    expect(await proxy.ended).toEqual({ exitCode: 0, reason: undefined })
  })

  it('first falls quiet and tells so, and still carries what its own application calls', async () => {
    const plane = startPlane()
    const inbound = inboundTo('own', await named('own'))
    const outbound = outboundTo('srv-other')
    plane.setInstances('srv-other', instancesAt(await named('other')))
    const proxy = plane.proxy({ inbound: [inbound], outbound: [outbound] })
    await proxy.ready
    proxy.quiesce(5_000)
    await proxy.drained
    await expect(call(inbound.port)).rejects.toThrow()
    expect((await call(outbound.port)).text).toBe('other')
    proxy.drain(5_000)
    expect((await proxy.ended).exitCode).toBe(0)
  })

  it('waits no longer than it was told', async () => {
    const plane = startPlane()
    let asked = false
    const inbound = inboundTo(
      'hanging',
      await app(() => {
        asked = true
      }),
    )
    const proxy = plane.proxy({ inbound: [inbound] })
    await proxy.ready
    const raw = sayRaw(inbound.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await eventually(() => asked)
    proxy.drain(100)
    expect((await proxy.ended).exitCode).toBe(0)
    expect(await raw.closed).toBe('')
  })

  it('closes connections that nothing is under way on', async () => {
    const plane = startPlane()
    const inbound = inboundTo('idle', await named('idle'))
    const proxy = plane.proxy({ inbound: [inbound] })
    await proxy.ready
    const raw = sayRaw(inbound.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await raw.until(/idle$/)
    proxy.drain(20_000)
    await raw.closed
    expect((await proxy.ended).exitCode).toBe(0)
  })

  it('says GOAWAY to HTTP/2, whose streams finish', async () => {
    const plane = startPlane()
    const finish: (() => void)[] = []
    const inbound = inboundTo(
      'h2',
      await app((_request, response) => finish.push(() => response.end('done'))),
    )
    const proxy = plane.proxy({ inbound: [inbound] })
    await proxy.ready
    const session = connectHttp2(`http://127.0.0.1:${inbound.port}`)
    const goaway = new Promise((resolve) => session.once('goaway', resolve))
    const stream = session.request({ ':path': '/' })
    let text = ''
    stream.on('data', (data) => {
      text += data
    })
    const ended = new Promise((resolve) => stream.once('end', resolve))
    await eventually(() => finish.length === 1)
    proxy.drain(10_000)
    await goaway
    finish[0]?.()
    await ended
    expect(text).toBe('done')
    expect((await proxy.ended).exitCode).toBe(0)
  })
})

describe('an instance that is replaced under load', () => {
  it('fails no call', async () => {
    const plane = startPlane()
    const outbound = outboundTo('srv-rolling')
    await plane.proxy({ outbound: [outbound] }).ready
    const start = async () => {
      const server = createServer((_request, response) => setTimeout(() => response.end('ok'), 3))
      servers.push(server)
      const inbound = inboundTo('rolling', portOf(await listen(server)))
      const proxy = plane.proxy({ inbound: [inbound] })
      await proxy.ready
      return { server, proxy, port: inbound.port }
    }
    let tasks = [await start(), await start()]
    const publish = () => plane.setInstances('srv-rolling', instancesAt(...tasks.map(({ port }) => port)))
    publish()
    let rolling = true
    const failed: unknown[] = []
    let calls = 0
    const load = Array.from({ length: 8 }, async (_, worker) => {
      while (rolling) {
        calls++
        const answer = await call(outbound.port, { method: worker % 2 === 0 ? 'GET' : 'POST' }).catch(String)
        if (typeof answer === 'string' || answer.status !== 200) failed.push(answer)
      }
    })
    for (let round = 0; round < 6; round++) {
      const before = calls
      await eventually(() => calls > before + 30)
      const old = tasks[0]
      tasks = [...tasks.slice(1), await start()]
      publish()
      old?.proxy.drain(5_000)
      await old?.proxy.ended
      old?.server.close().closeAllConnections()
    }
    rolling = false
    await Promise.all(load)
    expect(failed).toEqual([])
  })

  it('fails no GET when one of three is killed', async () => {
    const plane = startPlane()
    const outbound = outboundTo('srv-killed')
    await plane.proxy({ outbound: [outbound] }).ready
    const tasks = await Promise.all(
      [0, 1, 2].map(async () => {
        const server = createServer((_request, response) => setTimeout(() => response.end('ok'), 3))
        servers.push(server)
        const inbound = inboundTo('killed', portOf(await listen(server)))
        await plane.proxy({ inbound: [inbound] }).ready
        return { server, port: inbound.port }
      }),
    )
    plane.setInstances('srv-killed', instancesAt(...tasks.map(({ port }) => port)))
    let calling = true
    const failed: unknown[] = []
    let calls = 0
    const load = Array.from({ length: 8 }, async () => {
      while (calling) {
        const answer = await call(outbound.port).catch(String)
        if (typeof answer === 'string' || answer.status !== 200) failed.push(answer)
        calls++
      }
    })
    await eventually(() => calls > 40)
    tasks[0]?.server.close().closeAllConnections()
    const atDeath = calls
    await eventually(() => calls > atDeath + 200)
    calling = false
    await Promise.all(load)
    expect(failed).toEqual([])
  })
})

describe('the data plane’s process', () => {
  it('tells a proxy that its address is taken', async () => {
    const plane = startPlane()
    const taken = createTcpServer()
    const port = portOf(await listen(taken))
    const proxy = plane.proxy({ outbound: [outboundTo('srv-taken', { port })] })
    expect(await proxy.ended).toEqual({ exitCode: 1, reason: `address 127.0.0.1:${port} in use` })
    taken.close()
  })

  it('that crashes takes its proxies with it, tells why, and is there for the next', async () => {
    const plane = startPlane()
    plane.setInstances('srv-crash', instancesAt(await named('again')))
    const first = plane.proxy({ outbound: [outboundTo('srv-crash')] })
    await first.ready
    const pid = plane.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    expect(await first.ended).toEqual({ exitCode: 137, reason: 'the data plane ended: SIGKILL' })
    expect(plane.said).toEqual(['error The data plane of Service Connect ended: SIGKILL.'])
    const outbound = outboundTo('srv-crash')
    await plane.proxy({ outbound: [outbound] }).ready
    expect((await call(outbound.port)).text).toBe('again')
    expect(plane.pid()).not.toBe(pid)
  })

  it('ends with every proxy when it is closed, and its addresses are free', async () => {
    const plane = startTestPlane()
    const outbound = outboundTo('srv-closed')
    const proxy = plane.proxy({ outbound: [outbound] })
    await proxy.ready
    await plane.close()
    expect(await proxy.ended).toEqual({ exitCode: 137, reason: undefined })
    const server = createTcpServer()
    await listen(server, outbound.port)
    server.close()
  })

  it('ends when whoever started it is killed', async () => {
    const program = `
      const { fork } = require('node:child_process')
      const child = fork(${JSON.stringify(sourceEntry)}, [], { serialization: 'json' })
      const spec = { taskId: 't', taskAddress: '127.0.0.1', inbound: [], outbound: [], accessLog: null }
      child.on('message', (news) => news.kind === 'ready' && console.log(child.pid))
      child.send({ kind: 'start', id: 1, spec })`
    const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 2] })
    const pid = await new Promise<number>((resolve) =>
      parent.stdout?.once('data', (data) => resolve(Number(data))),
    )
    parent.kill('SIGKILL')
    const isAlive = (): boolean => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    await eventually(() => !isAlive())
  })

  it('kills one proxy and leaves the others alone', async () => {
    const plane = startPlane()
    const [one, other] = [outboundTo('srv-a'), outboundTo('srv-b')]
    plane.setInstances('srv-b', instancesAt(await named('b')))
    const killed = plane.proxy({ outbound: [one] })
    await killed.ready
    await plane.proxy({ outbound: [other] }).ready
    killed.kill()
    expect((await killed.ended).exitCode).toBe(137)
    await expect(call(one.port)).rejects.toThrow()
    expect((await call(other.port)).text).toBe('b')
  })

  it('writes access logs as asked, each before the proxy’s end', async () => {
    const plane = startPlane()
    const outbound = outboundTo('srv-logged')
    plane.setInstances('srv-logged', instancesAt(await named('logged')))
    const proxy = plane.proxy({
      outbound: [outbound],
      accessLog: { format: 'JSON', includeQueryParameters: false },
    })
    await proxy.ready
    await (await fetch(`http://127.0.0.1:${outbound.port}/path?secret=1`)).text()
    plane.setInstances('srv-logged', [])
    await call(outbound.port)
    proxy.kill()
    await proxy.ended
    const entries = proxy.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    expect(entries).toMatchObject([
      { method: 'GET', path: '/path', response_code: 200, bytes_sent: 6 },
      { path: '/', response_code: 503, upstream_host: null },
    ])
  })

  it('counts what went through, once', async () => {
    const plane = startPlane()
    const outbound = outboundTo('srv-counted', { discoveryName: 'counted' })
    plane.setInstances('srv-counted', instancesAt(await named('counted')))
    const proxy = plane.proxy({ outbound: [outbound] })
    await proxy.ready
    for (let count = 0; count < 5; count++)
      await call(outbound.port, { method: 'POST', body: 'x'.repeat(100) })
    plane.setInstances('srv-counted', [])
    await call(outbound.port)
    proxy.kill()
    await proxy.ended
    const reports = plane.reports.filter(({ discoveryName }) => discoveryName === 'counted')
    const sum = (read: (report: (typeof reports)[number]) => number) =>
      reports.reduce((all, one) => all + read(one), 0)
    expect(sum(({ requests }) => requests)).toBe(6)
    expect(sum(({ statusClasses }) => statusClasses[2] ?? 0)).toBe(5)
    expect(sum(({ statusClasses }) => statusClasses[5] ?? 0)).toBe(1)
    expect(sum(({ responseTimes }) => responseTimes.reduce((all, [, count]) => all + count, 0))).toBe(5)
    expect(sum(({ bytesIn }) => bytesIn)).toBeGreaterThan(500)
    expect(sum(({ bytesOut }) => bytesOut)).toBeGreaterThan(5 * 'counted'.length)
    expect(sum(({ newConnections }) => newConnections)).toBeGreaterThan(0)
  })
})
