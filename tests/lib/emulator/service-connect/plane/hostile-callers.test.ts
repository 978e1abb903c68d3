import { readdirSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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

const plane = startTestPlane({ headTimeoutMs: 150 })
const seen: string[] = []
/** Requests whose body nobody reads. */
const unread: IncomingMessage[] = []
const app = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`)
  if (request.url === '/unread') {
    unread.push(request)
    return
  }
  request.resume().on('end', () => response.end(`ok ${request.url}`))
})
let port = 0
let inboundPort = 0

beforeAll(async () => {
  const inbound = inboundTo('app', portOf(await listen(app)))
  const outbound = outboundTo('srv-app', { discoveryName: 'app' })
  await plane.proxy({ inbound: [inbound] }).ready
  await plane.proxy({ outbound: [outbound] }).ready
  plane.setInstances('srv-app', instancesAt(inbound.port))
  port = outbound.port
  inboundPort = inbound.port
})
afterAll(async () => {
  await plane.close()
  app.close().closeAllConnections()
})

const works = async (): Promise<void> => {
  expect(await (await fetch(`http://127.0.0.1:${port}/works`)).text()).toBe('ok /works')
}
const post = 'POST /smuggle HTTP/1.1\r\nHost: a\r\n'
const inner = 'GET /inner HTTP/1.1\r\nHost: a\r\n\r\n'

describe('a caller that means ill is answered, cut off, and nobody else notices', () => {
  const cases: [string, string, number][] = [
    [
      'Content-Length and Transfer-Encoding',
      `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      400,
    ],
    [
      'Transfer-Encoding and Content-Length',
      `${post}Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n${inner}`,
      400,
    ],
    ['two lengths', `${post}Content-Length: 0\r\nContent-Length: 40\r\n\r\n${inner}`, 400],
    ['an obscure coding', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`, 501],
    ['a blank before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`, 400],
    ['bare line feeds', 'GET /smuggle HTTP/1.1\nHost: a\n\n', 400],
    ['a bare line feed in a header', `${post}X: a\nContent-Length: 40\r\n\r\n${inner}`, 400],
    ['a bare carriage return in a header', `${post}X: a\rContent-Length: 40\r\n\r\n${inner}`, 400],
    ['a NUL in a header', `${post}X: \0\r\n\r\n`, 400],
    ['a folded header', `${post}X: 1\r\n Content-Length: 40\r\n\r\n${inner}`, 400],
    ['64 KiB of headers', `${post}X: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
    ['a thousand headers', `${post}${'X: 1\r\n'.repeat(1_000)}\r\n`, 431],
    ['a request line of 64 KiB', `GET /${'x'.repeat(65_536)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['HTTP/1.0', 'GET /smuggle HTTP/1.0\r\nHost: a\r\n\r\n', 426],
    ['HTTP/3.0', 'GET /smuggle HTTP/3.0\r\nHost: a\r\n\r\n', 505],
    ['no host', 'GET /smuggle HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET /smuggle HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['CONNECT', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['an unknown expectation', `${post}Expect: the-worst\r\n\r\n`, 400],
    ['TLS where there is none', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    ['a header that never ends', 'GET /smuggle HTTP/1.1\r\nHost: a\r\nX:', 408],
  ]
  it.each(cases)('%s', async (_what, text, status) => {
    const raw = sayRaw(port, Buffer.from(text, 'latin1'))
    const answer = await raw.closed
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toMatch(/\r\nconnection: close\r\n/)
    // One answer, however many requests were hidden in it.
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    await works()
    expect(seen.filter((request) => request !== 'GET /works')).toEqual([])
  })

  it.each([
    ['a chunk size that is none', 'zz\r\n'],
    ['a chunk that is longer than it says', '1\r\nxy\r\n0\r\n\r\n'],
    ['a chunk ended by a bare line feed', '1\r\nx\n0\r\n\r\n'],
    ['a length among the trailers', '0\r\nContent-Length: 40\r\n\r\n'],
  ])('%s in the body', async (_what, body) => {
    seen.length = 0
    const answer = await sayRaw(port, `${post}Transfer-Encoding: chunked\r\n\r\n${body}${inner}`).closed
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    await works()
    expect(seen).not.toContain('GET /inner')
    seen.length = 0
  })

  it('a preface of HTTP/2 with rubbish after it', async () => {
    await sayRaw(port, `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'rubbish'.repeat(100)}`).closed
    await works()
    seen.length = 0
  })
})

describe('a caller in a hurry', () => {
  it('gets its answers one by one and in order', async () => {
    const raw = sayRaw(
      port,
      Array.from({ length: 200 }, (_, index) => `GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''),
    )
    const text = await raw.until(/ok \/199$/)
    expect(text.match(/ok \/\d+/g)).toEqual(Array.from({ length: 200 }, (_, index) => `ok /${index}`))
    raw.socket.destroy()
    seen.length = 0
  })

  it('that never stops asking is read no further than it is answered', async () => {
    const request = Buffer.from('GET /fast HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2_000))
    const raw = sayRaw(port, '')
    // It reads no answer: those that are on their way fill the buffers, and then nothing more is asked.
    raw.socket.pause()
    for (;;) {
      if (raw.socket.write(request)) continue
      const drained = new Promise<boolean>((resolve) => raw.socket.once('drain', () => resolve(true)))
      const stuck = new Promise<boolean>((resolve) => setTimeout(resolve, 500, false))
      if (!(await Promise.race([drained, stuck]))) break
    }
    // Those that were on their way are answered into the buffers, and then nothing goes on.
    const fast = () => seen.filter((request) => request === 'GET /fast').length
    let answered = -1
    while (answered !== fast()) {
      answered = fast()
      await works()
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(answered).toBeLessThan(100_000)
    raw.socket.resetAndDestroy()
    seen.length = 0
  })

  it('is told to go on before it sends a body', async () => {
    const raw = sayRaw(
      port,
      'POST /expect HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n',
    )
    expect(await raw.until(/\r\n\r\n/)).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    raw.socket.write('body')
    await raw.until(/ok \/expect/)
    raw.socket.destroy()
    seen.length = 0
  })

  it('that says close is closed after its answer', async () => {
    expect(await sayRaw(port, 'GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n').closed).toMatch(
      /ok \/last$/,
    )
    seen.length = 0
  })
})

describe('an endless body', () => {
  it('that nobody reads is taken no further than the buffers on the way', async () => {
    const raw = sayRaw(port, 'POST /unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`)
    // Writes until nothing is taken any more: the kernel's buffers and ours are full.
    let written = 0
    for (;;) {
      if (raw.socket.write(chunk)) continue
      written = raw.socket.bytesWritten - raw.socket.writableLength
      const drained = new Promise<boolean>((resolve) => raw.socket.once('drain', () => resolve(true)))
      const stuck = new Promise<boolean>((resolve) => setTimeout(resolve, 300, false))
      if (!(await Promise.race([drained, stuck]))) break
      if (written > 200_000_000) throw new Error('It takes everything.')
    }
    await works()
    raw.socket.destroy()
    // Once what was on the way is read, the application hears that its caller is gone.
    unread[0]?.resume()
    await eventually(() => unread[0]?.destroyed)
    seen.length = 0
  })
})

describe('what callers leave behind', () => {
  const openFiles = (): number => readdirSync(`/proc/${plane.pid()}/fd`).length

  it.runIf(process.platform === 'linux')('is nothing: no socket stays open', async () => {
    await works()
    const before = await eventually(() => openFiles())
    const halves = [
      'GET',
      'GET / HTTP/1.1\r\nHost: a\r\n',
      'POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf',
      'POST /unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal',
      'GET /unread HTTP/1.1\r\nHost: a\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '',
    ]
    for (let round = 0; round < 20; round++) {
      const raws = [
        ...halves.map((half) => sayRaw(port, half)),
        ...halves.map((half) => sayRaw(inboundPort, half)),
      ]
      await Promise.all(raws.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
      for (const [index, { socket }] of raws.entries()) {
        if (index % 2 === 0) socket.resetAndDestroy()
        else socket.destroy()
      }
    }
    // The one kept connection between the proxies may be another one now.
    await eventually(() => openFiles() <= before + 2)
    await works()
  })
})
