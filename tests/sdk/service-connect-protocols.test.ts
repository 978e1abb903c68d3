import { createServer } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { createServer as createTcpServer } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { status } from '@grpc/grpc-js'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import {
  eventually,
  inboundTo,
  instancesAt,
  listen,
  outboundTo,
  portOf,
  sayRaw,
  startTestPlane,
} from '../support/data-plane'
import { type GrpcEcho, makeGrpcClient, startGrpcEcho } from '../support/grpc-echo'

const plane = startTestPlane()
const stops: (() => void)[] = []
afterAll(async () => {
  for (const stop of stops) stop()
  await plane.close()
})

/** Two proxies in a row, as between two tasks, with an application behind; the port that the caller calls. */
async function chain(
  name: string,
  appPort: number,
  protocol: 'http' | 'http2' | 'grpc' | 'tcp',
  tls = false,
): Promise<{ readonly port: number; readonly inboundPort: number }> {
  const inbound = inboundTo(name, appPort, { protocol, tls })
  const outbound = outboundTo(`srv-${name}`, { discoveryName: name, protocol, tls })
  await plane.proxy({ inbound: [inbound] }).ready
  await plane.proxy({ outbound: [outbound] }).ready
  plane.setInstances(`srv-${name}`, instancesAt(inbound.port))
  return { port: outbound.port, inboundPort: inbound.port }
}

function grpc(port: number): GrpcEcho {
  const client = makeGrpcClient(port)
  stops.push(() => client.close())
  return client
}

describe.each([
  ['in the clear', false],
  ['over TLS between the proxies', true],
])('gRPC, %s', (_how, tls) => {
  const name = tls ? 'grpc-tls' : 'grpc'

  it('carries single calls with their trailers and errors', async () => {
    const app = await startGrpcEcho('echo')
    stops.push(app.stop)
    const client = grpc((await chain(name, app.port, 'grpc', tls)).port)
    expect(await client.say('hello')).toEqual({
      text: 'echo: hello',
      code: 0,
      details: 'OK',
      trailer: 'kept',
    })
    expect(await client.say('fail')).toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: 'not today',
    })
  })

  it('streams both ways at once', async () => {
    const app = await startGrpcEcho('echo')
    stops.push(app.stop)
    const client = grpc((await chain(`${name}-talk`, app.port, 'grpc', tls)).port)
    const call = client.talk()
    const heard: string[] = []
    const next = () => new Promise<string>((resolve) => call.once('data', resolve))
    for (const word of ['one', 'two', 'three']) {
      const answer = next()
      call.write(word)
      heard.push(await answer)
    }
    const ended = new Promise((resolve) => call.on('end', resolve))
    call.on('data', () => {})
    call.end()
    await ended
    expect(heard).toEqual(['echo heard one', 'echo heard two', 'echo heard three'])
  })

  it('streams more than any window holds, to a client that reads slowly', async () => {
    const app = await startGrpcEcho('echo')
    stops.push(app.stop)
    const client = grpc((await chain(`${name}-count`, app.port, 'grpc', tls)).port)
    let last = ''
    const call = client.count(30_000)
    for await (const number of call) last = number
    expect(last).toBe('30000')
  })
})

describe('gRPC without a healthy server', () => {
  it('ends with UNAVAILABLE when nobody is there', async () => {
    const outbound = outboundTo('srv-grpc-empty', { protocol: 'grpc' })
    await plane.proxy({ outbound: [outbound] }).ready
    expect(await grpc(outbound.port).say('hello')).toMatchObject({
      code: status.UNAVAILABLE,
      details: 'no healthy upstream',
    })
  })

  it('stands in the access log with the status that the call ended with', async () => {
    const app = await startGrpcEcho('logged')
    stops.push(app.stop)
    plane.setInstances('srv-grpc-logged', instancesAt(app.port))
    const outbound = outboundTo('srv-grpc-logged', { protocol: 'grpc' })
    const empty = outboundTo('srv-grpc-deserted', { protocol: 'grpc' })
    const accessLog = { format: 'JSON', includeQueryParameters: false } as const
    const proxy = plane.proxy({ outbound: [outbound, empty], accessLog })
    await proxy.ready
    await grpc(outbound.port).say('hello')
    await grpc(outbound.port).say('fail')
    await grpc(empty.port).say('hello')
    const logged = () => proxy.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    await eventually(() => logged().length === 3)
    expect(logged().map(({ grpc_status, response_code }) => [grpc_status, response_code])).toEqual([
      ['OK', 200],
      ['FailedPrecondition', 200],
      ['Unavailable', 200],
    ])
  })

  it('goes to another instance when the application behind the first is gone', async () => {
    const app = await startGrpcEcho('alive')
    stops.push(app.stop)
    const dead = inboundTo('half', 1, { protocol: 'grpc' })
    const alive = inboundTo('half', app.port, { protocol: 'grpc' })
    const outbound = outboundTo('srv-half', { protocol: 'grpc' })
    await plane.proxy({ inbound: [dead] }).ready
    await plane.proxy({ inbound: [alive] }).ready
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-half', instancesAt(dead.port, alive.port))
    const client = grpc(outbound.port)
    for (let call = 0; call < 8; call++) expect((await client.say('x')).text).toBe('alive: x')
  })

  it('ends when the time for a request is over', async () => {
    const app = await startGrpcEcho('hanging')
    stops.push(app.stop)
    const outbound = outboundTo('srv-grpc-hang', {
      protocol: 'grpc',
      timeouts: { idleTimeoutMs: 0, perRequestTimeoutMs: 60 },
    })
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-grpc-hang', instancesAt(app.port))
    const client = grpc(outbound.port)
    expect((await client.hang()).code).toBe(status.UNAVAILABLE)
    expect(app.calls()).toBe(1)
  })
})

describe('WebSocket', () => {
  it('talks through both proxies and closes with its own code', async () => {
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket, request) => {
      socket.on('message', (data, isBinary) =>
        String(data) === 'bye' ? socket.close(4001, 'as asked') : socket.send(data, { binary: isBinary }),
      )
      socket.send(`hello ${request.url}`)
    })
    const { port } = await chain('sockets', portOf(await listen(server)), 'http')
    const client = new WebSocket(`ws://127.0.0.1:${port}/room?id=1`)
    const messages: string[] = []
    client.on('message', (data: Buffer) =>
      messages.push(data.length > 100 ? `${data.length} bytes` : data.toString()),
    )
    await new Promise((resolve) => client.once('open', resolve))
    client.send(Buffer.alloc(1_000_000, 7))
    client.send('again')
    await eventually(() => messages.length === 3)
    const closed = new Promise((resolve) =>
      client.once('close', (code, reason) => resolve([code, String(reason)])),
    )
    client.send('bye')
    expect(await closed).toEqual([4001, 'as asked'])
    expect(messages).toEqual(['hello /room?id=1', '1000000 bytes', 'again'])
    sockets.close()
    server.close()
  })

  it('is refused by an application that knows none, which stays an answer', async () => {
    const server = createServer((_request, response) => response.writeHead(200).end('plain'))
    const { port } = await chain('plain', portOf(await listen(server)), 'http')
    const raw = sayRaw(
      port,
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    expect(await raw.until(/plain/)).toMatch(/^HTTP\/1\.1 200 OK/)
    raw.socket.destroy()
    server.close()
  })
})

describe('HTTP/2', () => {
  const startHttp2App = async () => {
    const server = createHttp2Server()
    server.on('stream', (stream, headers) => {
      stream.respond(
        { ':status': 200, 'x-path': headers[':path'], 'x-cookie': headers.cookie },
        { waitForTrailers: true },
      )
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }))
      stream.pipe(stream)
    })
    stops.push(() => server.close())
    return portOf(await listen(server))
  }

  it.each([false, true])('carries streams side by side, with trailers (TLS: %s)', async (tls) => {
    const { port } = await chain(`h2-${tls}`, await startHttp2App(), 'http2', tls)
    const session = connectHttp2(`http://127.0.0.1:${port}`)
    const echo = (path: string, body: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        const stream = session.request({ ':path': path, ':method': 'POST', cookie: ['a=1', 'b=2'] })
        let text = ''
        let head: Record<string, unknown> = {}
        let sum: unknown
        stream.on('response', (headers) => {
          head = headers
        })
        stream.on('trailers', (trailers) => {
          sum = trailers['x-sum']
        })
        stream.on('data', (data: Buffer) => {
          text += data.toString()
        })
        stream.on('end', () => resolve([head[':status'], head['x-path'], head['x-cookie'], text.length, sum]))
        stream.on('error', reject)
        stream.end(body)
      })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => echo(`/${index}`, 'x'.repeat(index * 20_000))),
    )
    answers.forEach((answer, index) => {
      expect(answer).toEqual([200, `/${index}`, 'a=1; b=2', index * 20_000, '42'])
    })
    session.close()
  })

  it('says no more than the head to HEAD, whoever answers', async () => {
    const outbound = outboundTo('srv-h2-head', { protocol: 'http2' })
    await plane.proxy({ outbound: [outbound] }).ready
    const session = connectHttp2(`http://127.0.0.1:${outbound.port}`)
    const stream = session.request({ ':path': '/', ':method': 'HEAD' })
    const status = new Promise((resolve) => stream.on('response', (headers) => resolve(headers[':status'])))
    const ended = new Promise((resolve) => stream.resume().on('end', resolve))
    expect(await status).toBe(503)
    await ended
    session.close()
  })

  it('passes an answer on as it is: bytes beyond ASCII, no body, an odd status', async () => {
    const server = createHttp2Server()
    server.on('stream', (stream, headers) => {
      if (headers[':path'] === '/none') stream.respond({ ':status': 204, 'x-a': 'b' })
      else stream.respond({ ':status': 418, 'x-name': 'caf\u00e9' })
      stream.end()
    })
    stops.push(() => server.close())
    const { port } = await chain('h2-odd', portOf(await listen(server)), 'http2')
    const session = connectHttp2(`http://127.0.0.1:${port}`)
    const read = (path: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        const stream = session.request({ ':path': path })
        stream.on('response', (headers) => resolve([headers[':status'], headers['x-a'], headers['x-name']]))
        stream.on('error', reject)
        stream.resume()
      })
    expect(await read('/none')).toEqual([204, 'b', undefined])
    expect(await read('/odd')).toEqual([418, undefined, 'caf\u00e9'])
    session.close()
  })

  it('answers a client that only speaks HTTP/1.1', async () => {
    const { port } = await chain('h2-from-h1', await startHttp2App(), 'http2')
    const answer = await fetch(`http://127.0.0.1:${port}/old`, { method: 'POST', body: 'hello' })
    expect([answer.status, answer.headers.get('x-path'), await answer.text()]).toEqual([200, '/old', 'hello'])
  })

  it('is spoken to a client by an application of HTTP/1.1', async () => {
    const server = createServer((request, response) => {
      response.setHeader('x-version', request.httpVersion)
      request.pipe(response)
    })
    const { port } = await chain('h1-from-h2', portOf(await listen(server)), 'http')
    const session = connectHttp2(`http://127.0.0.1:${port}`)
    const stream = session.request({ ':path': '/', ':method': 'POST' })
    const version = new Promise((resolve) =>
      stream.on('response', (headers) => resolve(headers['x-version'])),
    )
    stream.end('body')
    let text = ''
    for await (const data of stream) text += data
    expect([await version, text]).toEqual(['1.1', 'body'])
    session.close()
    server.close()
  })
})

describe('TLS between proxies', () => {
  it('carries HTTP/1.1 and TCP, and nothing in the clear', async () => {
    const server = createServer((_request, response) => response.end('secret'))
    const { port, inboundPort } = await chain('tls', portOf(await listen(server)), 'http', true)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('secret')
    expect(await sayRaw(inboundPort, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n').closed).not.toMatch(/secret/)

    const echo = await listen(createTcpServer((socket) => socket.pipe(socket)))
    const tcp = await chain('tls-tcp', portOf(echo), 'tcp', true)
    const raw = sayRaw(tcp.port, 'over TLS')
    await raw.until(/over TLS/)
    raw.socket.destroy()
    echo.close()
    server.close()
  })

  it('shows a certificate of the local authority, with the name of the endpoint', async () => {
    const server = await listen(createServer())
    const { inboundPort } = await chain('named', portOf(server), 'http', true)
    const socket = connectTls({ port: inboundPort, host: '127.0.0.1', rejectUnauthorized: false })
    await new Promise((resolve) => socket.once('secureConnect', resolve))
    const certificate = socket.getPeerCertificate(true)
    expect(certificate.subjectaltname).toBe('DNS:named, IP Address:127.0.0.1')
    expect(certificate.issuer.CN).toBe('Service Connect of the local cloud')
    expect(socket.authorized).toBe(false)
    socket.destroy()
    server.close()
  })

  it('refuses a server whose certificate is for another name', async () => {
    const server = await listen(createServer((_request, response) => response.end('wrong')))
    const inbound = inboundTo('other', portOf(server), { tls: true })
    const outbound = outboundTo('srv-wanted', { discoveryName: 'wanted', tls: true })
    await plane.proxy({ inbound: [inbound] }).ready
    await plane.proxy({ outbound: [outbound] }).ready
    plane.setInstances('srv-wanted', instancesAt(inbound.port))
    const answer = await fetch(`http://127.0.0.1:${outbound.port}/`)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toMatch(/connection failure/)
    server.close()
  })
})
