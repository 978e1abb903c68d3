import type { Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { callOnce, countingTools, type RawServer, startRawServer } from './support/raw-server'

const servers: RawServer[] = []
const serve = async (onRequest: (socket: Socket, request: string) => void) => {
  const server = await startRawServer(onRequest)
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

const head = (...lines: string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`

const answer = (body: string | Buffer, ...lines: string[]) =>
  Buffer.concat([
    Buffer.from(head(`Content-Length: ${Buffer.byteLength(body)}`, ...lines)),
    Buffer.from(body),
  ])

/** Writes without end, as fast as the other side reads. */
const flood = (socket: Socket, chunk: Buffer) => {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}

describe('a call that goes well', () => {
  test('gives status, headers and body, and closes its connection', async () => {
    const server = await serve((socket) =>
      socket.end(answer('{"ok":true}', 'Content-Type: application/json')),
    )
    const { tools, opened } = countingTools()
    const outcome = await callOnce(tools, server.port)
    expect(outcome).toMatchObject({ status: 200, errorKind: null, errorMessage: null, encoding: null })
    expect(outcome.headers['content-type']).toBe('application/json')
    expect(outcome.body.toString()).toBe('{"ok":true}')
    expect(outcome.connectMs).toBeLessThanOrEqual(outcome.totalMs)
    await server.allClosed()
    expect(opened.map((socket) => socket.destroyed)).toEqual([true])
  })

  test('sends the name as Host and its id, on exactly the path that was asked for', async () => {
    let seen = ''
    const server = await serve((socket, request) => {
      seen = request
      socket.end(answer('ok'))
    })
    await callOnce(countingTools().tools, server.port, { path: '/a%20b/../c?x=1&y=%2F', callId: 'abc.7' })
    expect(seen.split('\r\n')[0]).toBe('GET /a%20b/../c?x=1&y=%2F HTTP/1.1')
    expect(seen.toLowerCase()).toContain('\r\nhost: backend-api.production.local:8080\r\n')
    expect(seen.toLowerCase()).toContain('\r\nx-switchboard-call: abc.7\r\n')
  })

  test.each([
    ['gzip', gzipSync('hello world')],
    ['x-gzip', gzipSync('hello world')],
    ['deflate', deflateSync('hello world')],
    ['br', brotliCompressSync('hello world')],
    ['GZIP', gzipSync('hello world')],
    ['identity, gzip', gzipSync('hello world')],
  ])('undoes one layer of %s', async (encoding, body) => {
    const server = await serve((socket) => socket.end(answer(body, `Content-Encoding: ${encoding}`)))
    const outcome = await callOnce(countingTools().tools, server.port)
    expect(outcome).toMatchObject({ status: 200, errorKind: null })
    expect(outcome.body.toString()).toBe('hello world')
  })

  test('understands chunks', async () => {
    const server = await serve((socket) =>
      socket.end(`${head('Transfer-Encoding: chunked')}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`),
    )
    expect((await callOnce(countingTools().tools, server.port)).body.toString()).toBe('abcde')
  })

  test('takes an answer to HEAD that announces a compressed body it does not send', async () => {
    const server = await serve((socket) => socket.end(head('Content-Length: 1000', 'Content-Encoding: gzip')))
    const outcome = await callOnce(countingTools().tools, server.port, { method: 'HEAD' })
    expect(outcome).toMatchObject({ status: 200, errorKind: null })
    expect(outcome.body).toHaveLength(0)
  })

  test('tells a body that is exactly at the limit from one that is a byte over it', async () => {
    const server = await serve((socket, request) =>
      socket.end(answer('x'.repeat(request.includes('/over') ? 101 : 100))),
    )
    const { tools } = countingTools({ maxBodyBytes: 100 })
    expect(await callOnce(tools, server.port)).toMatchObject({ errorKind: null })
    const over = await callOnce(tools, server.port, { path: '/over' })
    expect(over).toMatchObject({ status: 200, errorKind: 'body-too-large' })
    expect(over.body).toHaveLength(100)
  })

  test('tells progress before the body is there', async () => {
    let release = () => {}
    const server = await serve((socket) => {
      socket.write(head('Content-Length: 2'))
      release = () => socket.end('ok')
    })
    const stages: string[] = []
    const { tools } = countingTools()
    const { call } = await import('@/lib/probe/call')
    await call(
      { address: '127.0.0.1', port: server.port, host: 'x', method: 'GET', path: '/', callId: 'r.0' },
      tools,
      new AbortController().signal,
      {
        onConnected: () => stages.push('connected'),
        onHeaders: (_ms, status) => {
          stages.push(`headers ${status}`)
          release()
        },
      },
    )
    expect(stages).toEqual(['connected', 'headers 200'])
  })
})

describe('a status is an answer', () => {
  test.each([
    [200, null],
    [204, null],
    [301, null],
    [302, null],
    [304, null],
    [400, 'http-4xx'],
    [404, 'http-4xx'],
    [499, 'http-4xx'],
    [500, 'http-5xx'],
    [503, 'http-5xx'],
    [599, 'http-5xx'],
  ])('%i counts as %s', async (status, errorKind) => {
    const server = await serve((socket) => socket.end(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`))
    expect(await callOnce(countingTools().tools, server.port)).toMatchObject({ status, errorKind })
  })

  test('a redirect to the metadata service is shown and not followed', async () => {
    const server = await serve((socket) =>
      socket.end(
        'HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n',
      ),
    )
    const { tools, opened } = countingTools()
    const outcome = await callOnce(tools, server.port)
    expect(outcome).toMatchObject({ status: 302, errorKind: null })
    expect(outcome.headers.location).toBe('http://169.254.169.254/latest/meta-data/')
    expect(opened).toHaveLength(1)
    expect(server.sockets).toHaveLength(1)
  })

  test('a redirect to the same server is not followed either', async () => {
    const server = await serve((socket) =>
      socket.end('HTTP/1.1 307 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n'),
    )
    await callOnce(countingTools().tools, server.port)
    expect(server.sockets).toHaveLength(1)
  })
})

describe('hostile servers', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const brotliBomb = brotliCompressSync(Buffer.alloc(64 * 1024 * 1024))

  const cases: readonly {
    readonly name: string
    readonly kind: string
    readonly status: number | null
    readonly answer: (socket: Socket, request: string) => void
  }[] = [
    {
      name: 'a gzip bomb',
      kind: 'body-too-large',
      status: 200,
      answer: (socket) => socket.end(answer(bomb, 'Content-Encoding: gzip')),
    },
    {
      name: 'a brotli bomb',
      kind: 'body-too-large',
      status: 200,
      answer: (socket) => socket.end(answer(brotliBomb, 'Content-Encoding: br')),
    },
    {
      name: 'gzip within gzip, declared',
      kind: 'bad-encoding',
      status: 200,
      answer: (socket) => socket.end(answer(gzipSync(gzipSync('x')), 'Content-Encoding: gzip, gzip')),
    },
    {
      name: 'two different layers in two headers',
      kind: 'bad-encoding',
      status: 200,
      answer: (socket) =>
        socket.end(
          answer(brotliCompressSync(gzipSync('x')), 'Content-Encoding: gzip', 'Content-Encoding: br'),
        ),
    },
    {
      name: 'an encoding that nobody knows',
      kind: 'bad-encoding',
      status: 200,
      answer: (socket) => socket.end(answer('x', 'Content-Encoding: constructor')),
    },
    {
      name: 'gzip that is not gzip',
      kind: 'bad-encoding',
      status: 200,
      answer: (socket) => socket.end(answer('not compressed at all', 'Content-Encoding: gzip')),
    },
    {
      name: 'brotli that is not brotli',
      kind: 'bad-encoding',
      status: 200,
      answer: (socket) => socket.end(answer('not compressed at all', 'Content-Encoding: br')),
    },
    {
      name: 'gzip that ends too early',
      kind: 'bad-encoding',
      status: 200,
      answer: (socket) =>
        socket.end(answer(gzipSync('hello world').subarray(0, 14), 'Content-Encoding: gzip')),
    },
    {
      name: 'a body that never ends',
      kind: 'body-too-large',
      status: 200,
      answer: (socket) => {
        socket.write(head())
        flood(socket, Buffer.alloc(64 * 1024, 'x'))
      },
    },
    {
      name: '10 GB announced and sent',
      kind: 'body-too-large',
      status: 200,
      answer: (socket) => {
        socket.write(head('Content-Length: 10000000000'))
        flood(socket, Buffer.alloc(64 * 1024, 'x'))
      },
    },
    {
      name: '10 GB announced and nothing sent',
      kind: 'deadline',
      status: 200,
      answer: (socket) => socket.write(head('Content-Length: 10000000000')),
    },
    {
      name: 'a body that stops in the middle',
      kind: 'deadline',
      status: 200,
      answer: (socket) => socket.write(`${head('Content-Length: 100')}half`),
    },
    {
      name: 'a chunked body that never gets its last chunk',
      kind: 'deadline',
      status: 200,
      answer: (socket) => socket.write(`${head('Transfer-Encoding: chunked')}3\r\nabc\r\n`),
    },
    {
      name: 'a compressed body that stops in the middle',
      kind: 'deadline',
      status: 200,
      answer: (socket) => {
        const body = gzipSync('hello world')
        socket.write(
          Buffer.concat([
            Buffer.from(head(`Content-Length: ${body.length}`, 'Content-Encoding: gzip')),
            body.subarray(0, 12),
          ]),
        )
      },
    },
    { name: 'silence', kind: 'first-byte-timeout', status: null, answer: () => undefined },
    {
      name: 'half a status line',
      kind: 'first-byte-timeout',
      status: null,
      answer: (socket) => socket.write('HTTP/1.1 20'),
    },
    {
      name: 'headers without end, one after the other',
      kind: 'headers-too-large',
      status: null,
      answer: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        flood(socket, Buffer.from(`X-Flood: ${'y'.repeat(100)}\r\n`))
      },
    },
    {
      name: 'one header without end',
      kind: 'headers-too-large',
      status: null,
      answer: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nX-Flood: ')
        flood(socket, Buffer.alloc(4096, 'y'))
      },
    },
    {
      name: 'a reset before the answer',
      kind: 'reset',
      status: null,
      answer: (socket) => socket.resetAndDestroy(),
    },
    {
      name: 'a close before the answer',
      kind: 'reset',
      status: null,
      answer: (socket) => socket.destroy(),
    },
    {
      name: 'a polite end before the answer',
      kind: 'reset',
      status: null,
      answer: (socket) => socket.end(),
    },
    {
      name: 'a reset in the middle of the body',
      kind: 'reset',
      status: 200,
      answer: (socket) => {
        socket.write(`${head('Content-Length: 100')}half`, () => setImmediate(() => socket.resetAndDestroy()))
      },
    },
    {
      name: 'a close in the middle of the body',
      kind: 'reset',
      status: 200,
      answer: (socket) => socket.end(`${head('Content-Length: 100')}half`),
    },
    {
      name: 'a close in the middle of a chunk',
      kind: 'reset',
      status: 200,
      answer: (socket) => socket.end(`${head('Transfer-Encoding: chunked')}ff\r\nabc`),
    },
    {
      name: 'a greeting of another protocol',
      kind: 'bad-response',
      status: null,
      answer: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    },
    {
      name: 'a TLS alert',
      kind: 'bad-response',
      status: null,
      answer: (socket) => socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46])),
    },
    {
      name: 'two lengths that contradict',
      kind: 'bad-response',
      status: null,
      answer: (socket) => socket.end(`${head('Content-Length: 2', 'Content-Length: 3')}abc`),
    },
    {
      name: 'a negative length',
      kind: 'bad-response',
      status: null,
      answer: (socket) => socket.end(`${head('Content-Length: -1')}abc`),
    },
    {
      name: 'a chunk size that is no number',
      kind: 'bad-response',
      status: 200,
      answer: (socket) => socket.write(`${head('Transfer-Encoding: chunked')}zz\r\nabc\r\n`),
    },
    {
      name: 'provisional answers without end',
      kind: 'first-byte-timeout',
      status: null,
      answer: (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 5)
        socket.on('close', () => clearInterval(timer))
      },
    },
    {
      name: 'a byte now and then',
      kind: 'deadline',
      status: 200,
      answer: (socket) => {
        socket.write(head('Content-Length: 100000'))
        const timer = setInterval(() => socket.write('x'), 10)
        socket.on('close', () => clearInterval(timer))
      },
    },
  ]

  test.each(cases)('$name ends as $kind and leaves no connection', async ({ kind, status, answer }) => {
    const server = await serve(answer)
    // Only who waits for a limit gets a short one: a busy machine must not turn another end into it.
    const { tools, opened } = countingTools({
      firstByteTimeoutMs: kind === 'first-byte-timeout' ? 250 : 20_000,
      deadlineMs: kind === 'deadline' ? 1_000 : 20_000,
    })
    const outcome = await callOnce(tools, server.port)
    expect(outcome).toMatchObject({ errorKind: kind, status })
    expect(outcome.errorMessage).toBeTruthy()
    expect(outcome.body.length).toBeLessThanOrEqual(tools.limits.maxBodyBytes)
    expect(opened).toHaveLength(1)
    expect(opened.every((socket) => socket.destroyed)).toBe(true)
    await server.allClosed()
  })

  test('an early answer to a request that is upgraded is no answer', async () => {
    const server = await serve((socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    )
    const outcome = await callOnce(countingTools({ deadlineMs: 500 }).tools, server.port)
    expect(outcome.status).toBeNull()
    expect(outcome.errorKind).not.toBeNull()
  })
})

describe('no connection', () => {
  test('a port where nobody listens is refused', async () => {
    const server = await startRawServer(() => undefined)
    await server.stop()
    const { tools, opened } = countingTools()
    expect(await callOnce(tools, server.port)).toMatchObject({
      errorKind: 'refused',
      status: null,
      connectMs: null,
    })
    expect(opened[0]?.destroyed).toBe(true)
  })

  test('a name in the place of an address is not resolved', async () => {
    const { tools } = countingTools()
    const outcome = await callOnce(tools, 80, { address: 'localhost' })
    expect(outcome).toMatchObject({ errorKind: 'denied', connectMs: null })
  })

  test('a connection that never comes about is given up', async () => {
    const { tools, opened } = countingTools({ connectTimeoutMs: 30 })
    const { Socket } = await import('node:net')
    const silent = { ...tools, open: () => opened[opened.push(new Socket()) - 1] ?? new Socket() }
    expect(await callOnce(silent, 80)).toMatchObject({ errorKind: 'connect-timeout', connectMs: null })
    expect(opened[0]?.destroyed).toBe(true)
  })
})

describe('stopping', () => {
  test('throws what the caller said and closes the connection at once', async () => {
    const controller = new AbortController()
    const stopped = new Error('stopped by the user')
    const server = await serve(() => controller.abort(stopped))
    const { tools, opened } = countingTools()
    await expect(callOnce(tools, server.port, {}, controller.signal)).rejects.toBe(stopped)
    expect(opened[0]?.destroyed).toBe(true)
    await server.allClosed()
  })

  test('works in the middle of a body too', async () => {
    const controller = new AbortController()
    const stopped = new Error('stopped by the user')
    const server = await serve((socket) => {
      socket.write(`${head('Content-Length: 100')}half`)
      setImmediate(() => controller.abort(stopped))
    })
    const { tools, opened } = countingTools()
    await expect(callOnce(tools, server.port, {}, controller.signal)).rejects.toBe(stopped)
    expect(opened[0]?.destroyed).toBe(true)
  })

  test('at the moment of connecting leaves no connection', async () => {
    const server = await serve(() => undefined)
    const { tools, opened } = countingTools()
    const controller = new AbortController()
    const stopped = new Error('stopped by the user')
    const progress = { onConnected: () => controller.abort(stopped), onHeaders: () => undefined }
    await expect(callOnce(tools, server.port, {}, controller.signal, progress)).rejects.toBe(stopped)
    expect(opened.map((socket) => socket.destroyed)).toEqual([true])
    await server.allClosed()
  })

  test('before it began opens nothing that stays', async () => {
    const { tools, opened } = countingTools()
    const server = await serve(() => undefined)
    const stopped = new Error('stopped')
    await expect(callOnce(tools, server.port, {}, AbortSignal.abort(stopped))).rejects.toBe(stopped)
    expect(opened.every((socket) => socket.destroyed)).toBe(true)
  })
})
