import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, describe, expect, it, vi } from 'vitest'
import {
  eventually,
  inboundTo,
  instancesAt,
  listen,
  outboundTo,
  portOf,
  sayRaw,
  startTestPlane,
} from '@/tests/support/data-plane'

// Real sockets on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const plane = startTestPlane()
const servers: Server[] = []
afterAll(async () => {
  await plane.close()
  for (const server of servers) server.close().closeAllConnections()
})

async function app(name: string): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('x-app', name)
      response.end(
        JSON.stringify({
          name,
          method: request.method,
          url: request.url,
          headers: request.headers,
          body: Buffer.concat(chunks).toString('latin1'),
        }),
      )
    })
  })
  servers.push(server)
  return portOf(await listen(server))
}

describe('a call by an alias', () => {
  it('reaches the instances in turn and tells what Envoy tells', async () => {
    const outbound = outboundTo('srv-turn')
    const proxy = plane.proxy({ outbound: [outbound] })
    await proxy.ready
    plane.setInstances('srv-turn', instancesAt(await app('a'), await app('b'), await app('c')))
    const names: string[] = []
    for (let call = 0; call < 6; call++) {
      const answer = await fetch(`http://127.0.0.1:${outbound.port}/users?page=2`, {
        method: 'POST',
        body: 'hello',
      })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('x-envoy-upstream-service-time')).toMatch(/^\d+$/)
      const seen = await answer.json()
      expect(seen).toMatchObject({ method: 'POST', url: '/users?page=2', body: 'hello' })
      expect(seen.headers).toMatchObject({
        host: `127.0.0.1:${outbound.port}`,
        'x-forwarded-proto': 'http',
        'x-envoy-expected-rq-timeout-ms': '15000',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
      names.push(seen.name)
    }
    expect(names).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  it('goes through both proxies, in and out', async () => {
    const inbound = inboundTo('both', await app('inner'))
    const outbound = outboundTo('srv-both', { discoveryName: 'both' })
    await plane.proxy({ inbound: [inbound] }).ready
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-both', instancesAt(inbound.port))
    const answer = await fetch(`http://127.0.0.1:${outbound.port}/`)
    expect(await answer.json()).toMatchObject({ name: 'inner' })
    await eventually(() => plane.reports.find((report) => report.side === 'inbound' && report.requests === 1))
    await eventually(() =>
      plane.reports.find((report) => report.side === 'outbound' && report.discoveryName === 'both'),
    )
  })

  it('is answered 503 when nobody is there', async () => {
    const outbound = outboundTo('srv-empty')
    await plane.proxy({ outbound: [outbound] }).ready
    const answer = await fetch(`http://127.0.0.1:${outbound.port}/`)
    expect([answer.status, await answer.text()]).toEqual([503, 'no healthy upstream'])
    expect(answer.headers.get('server')).toBe('envoy')
  })
})

describe('plain TCP', () => {
  it('passes bytes both ways, each side ending when it likes', async () => {
    const echo = createTcpServer({ allowHalfOpen: true }, (socket: Socket) => {
      socket.on('data', (bytes) => socket.write(bytes))
      socket.on('end', () => socket.end('bye'))
    })
    const port = portOf(await listen(echo))
    const outbound = outboundTo('srv-tcp', { protocol: 'tcp' })
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-tcp', instancesAt(port))
    const raw = sayRaw(outbound.port, 'PING')
    await raw.until(/PING/)
    raw.socket.end()
    expect(await raw.closed).toBe('PINGbye')
    echo.close()
  })

  it('is closed when nobody is there', async () => {
    const outbound = outboundTo('srv-nobody', { protocol: 'tcp' })
    await plane.proxy({ outbound: [outbound] }).ready
    expect(await sayRaw(outbound.port, 'PING').closed).toBe('')
  })
})
