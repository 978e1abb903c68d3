import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, describe, expect, it, vi } from 'vitest'
import {
  eventually,
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
const sockets = new Set<Socket>()
afterAll(async () => {
  await plane.close()
  for (const server of servers) server.close()
  for (const socket of sockets) socket.destroy()
})

let count = 0
/** An application that does `answer` with each connection that has said something; the port to call it by. */
async function behind(
  answer: (socket: Socket, asked: string) => void,
  timeouts = { idleTimeoutMs: 300_000, perRequestTimeoutMs: 15_000 },
): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (bytes) => answer(socket, bytes.toString('latin1')))
  })
  servers.push(server)
  const endpointId = `srv-${count++}`
  const outbound = outboundTo(endpointId, { timeouts })
  await plane.proxy({ outbound: [outbound] }).ready
  plane.setInstances(endpointId, instancesAt(portOf(await listen(server))))
  return outbound.port
}

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi'
/** Says it and closes when the whole of a plain answer has come. */
const ask = async (port: number, request: string): Promise<string> => {
  const raw = sayRaw(port, request)
  const text = await Promise.race([raw.closed, raw.until(/content-length: (\d+)[\s\S]*\r\n\r\n[\s\S]+/i)])
  raw.socket.destroy()
  return text
}

describe('an application that answers badly', () => {
  it.each([
    ['rubbish', 'hello, I am not HTTP\r\n\r\n'],
    ['rubbish without an end of line', `${'x'.repeat(70_000)}`],
    ['a status that is none', 'HTTP/1.1 999 What\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header of 64 KiB', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`],
    ['an upgrade that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ])('with %s: 502', async (_what, answer) => {
    const port = await behind((socket) => socket.write(Buffer.from(answer, 'latin1')))
    const text = await ask(port, get)
    expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway/)
    expect(text).toMatch(/protocol error$/)
  })

  it('with half a head and an end: 503', async () => {
    const port = await behind((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-'))
    expect(await ask(port, post)).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection termination$/)
  })

  it('with half a body: the caller sees that it was cut off', async () => {
    const port = await behind((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'))
    const text = await sayRaw(port, get).closed
    expect(text).toMatch(/\r\n\r\nhalf$/)
    await expect(fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())).rejects.toThrow()
  })

  it('with chunks that do not end: the caller sees no last one', async () => {
    const port = await behind((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    )
    expect(await sayRaw(port, get).closed).toMatch(/half\r\n$/)
  })

  it('with chunks that break off into rubbish: the caller sees no last one', async () => {
    const port = await behind((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n'),
    )
    expect(await sayRaw(port, get).closed).toMatch(/half\r\n$/)
  })

  it('with more than it said: what is left over reaches nobody', async () => {
    let answers = 0
    const port = await behind((socket) =>
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${answers++}!HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen`,
      ),
    )
    const raw = sayRaw(port, get)
    await raw.until(/0!$/)
    raw.socket.write(get)
    await raw.until(/1!$/)
    expect(raw.text()).not.toContain('stolen')
    raw.socket.destroy()
  })

  it('before it was asked: the connection is not used', async () => {
    let asked = 0
    const port = await behind((socket) => {
      asked++
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      setImmediate(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen'))
    })
    for (let call = 0; call < 20; call++)
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('ok')
    expect(asked).toBe(20)
  })
})

describe('an application that does not answer', () => {
  it('closes at once: 503, and a POST is not said twice', async () => {
    let asked = 0
    const port = await behind((socket) => {
      asked++
      socket.destroy()
    })
    expect(await ask(port, post)).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection termination$/)
    expect(asked).toBe(1)
    expect(await ask(port, get)).toMatch(/^HTTP\/1\.1 503 /)
    expect(asked).toBe(4)
  })

  it('resets: 503', async () => {
    const port = await behind((socket) => socket.resetAndDestroy())
    expect(await ask(port, get)).toMatch(/^HTTP\/1\.1 503 /)
  })

  it('hangs: 504 when the time for a request is over, and it hears that nobody waits', async () => {
    const closed = new Promise((resolve) => {
      behind((socket) => socket.once('close', resolve), { idleTimeoutMs: 0, perRequestTimeoutMs: 60 }).then(
        async (port) => {
          const text = await ask(port, get)
          expect(text).toMatch(/^HTTP\/1\.1 504 Gateway Timeout/)
          expect(text).toMatch(/upstream request timeout$/)
        },
      )
    })
    await closed
  })

  it('hangs in the middle of its answer: cut off when the time is over', async () => {
    const port = await behind((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'), {
      idleTimeoutMs: 0,
      perRequestTimeoutMs: 60,
    })
    expect(await sayRaw(port, get).closed).toMatch(/half$/)
  })

  it('is idle for too long: 504 for a whole request, 408 for a part of one', async () => {
    const port = await behind(() => {}, { idleTimeoutMs: 60, perRequestTimeoutMs: 0 })
    expect(await ask(port, get)).toMatch(/^HTTP\/1\.1 504 /)
    const half = sayRaw(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf')
    expect(await half.closed).toMatch(/^HTTP\/1\.1 408 Request Timeout[\s\S]*stream timeout$/)
  })

  it('may take as long as it likes when both limits are off', async () => {
    const waiting: Socket[] = []
    const port = await behind((socket) => waiting.push(socket), { idleTimeoutMs: 0, perRequestTimeoutMs: 0 })
    const raw = sayRaw(port, get)
    const socket = await eventually(() => waiting[0])
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    await raw.until(/ok$/)
    raw.socket.destroy()
  })
})

describe('an application of another kind', () => {
  it('that speaks HTTP/1.0 is understood, and the caller’s connection stays', async () => {
    const port = await behind((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end'))
    const raw = sayRaw(port, get)
    await raw.until(/until the end\r\n0\r\n\r\n$/)
    raw.socket.write(get)
    await raw.until(/until the end[\s\S]*until the end\r\n0\r\n\r\n$/)
    raw.socket.destroy()
  })

  it('that sends interim answers is heard to the end', async () => {
    const port = await behind((socket) =>
      socket.write(
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      ),
    )
    expect(await ask(port, get)).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  it('that answers before it has the whole request is heard, and the connection ends', async () => {
    const port = await behind((socket) =>
      socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig'),
    )
    const text = await sayRaw(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\npart').closed
    expect(text).toMatch(/^HTTP\/1\.1 413 Too Large[\s\S]*big$/)
    expect(text).toMatch(/connection: close/)
  })

  it('that answers HEAD, 204 and 304 without a body keeps its connection', async () => {
    let asked = 0
    const port = await behind((socket, text) => {
      asked++
      if (text.startsWith('HEAD')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n')
      else if (text.includes('/none')) socket.write('HTTP/1.1 204 No Content\r\n\r\n')
      else socket.write('HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n')
    })
    const raw = sayRaw(
      port,
      'HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\nGET /same HTTP/1.1\r\nHost: a\r\n\r\n',
    )
    await raw.until(/ 200 [\s\S]* 204 [\s\S]* 304 [\s\S]*\r\n\r\n$/)
    expect(asked).toBe(3)
    raw.socket.destroy()
  })

  it('that sends trailers has them passed on', async () => {
    const port = await behind((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n',
      ),
    )
    const raw = sayRaw(port, get)
    await raw.until(/2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n$/)
    raw.socket.destroy()
  })

  it('whose last answer is taken slowly is heard to the end', async () => {
    const total = 24 * 1024 * 1024
    let waits = false
    const port = await behind((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`)
      waits = !socket.write(Buffer.alloc(total, 120))
    })
    const raw = sayRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    raw.socket.pause()
    await eventually(() => waits)
    raw.socket.resume()
    expect((await raw.closed).length).toBeGreaterThan(total)
  })

  it('that is faster than its caller waits for it', async () => {
    const total = 64 * 1024 * 1024
    let sent = 0
    let waited = false
    const port = await behind((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`)
      const chunk = Buffer.alloc(65_536, 120)
      const more = (): void => {
        while (sent < total) {
          sent += chunk.length
          if (socket.write(chunk)) continue
          waited = true
          socket.once('drain', more)
          return
        }
      }
      more()
    })
    const raw = sayRaw(port, get)
    raw.socket.pause()
    await eventually(() => waited)
    const held = sent
    // As long as the caller reads nothing, no more than the buffers on the way is taken.
    expect(held).toBeLessThan(total)
    raw.socket.removeAllListeners('data')
    let received = 0
    const whole = new Promise<void>((resolve) =>
      raw.socket.on('data', (bytes: Buffer) => {
        received += bytes.length
        if (received > total) resolve()
      }),
    )
    raw.socket.resume()
    await whole
    raw.socket.destroy()
  })
})
