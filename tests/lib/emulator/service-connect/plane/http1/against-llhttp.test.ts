import { createServer, METHODS } from 'node:http'
import { Duplex } from 'node:stream'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { MessageReader } from '@/lib/emulator/service-connect/plane/http1/message-reader'
import { readRequestHead } from '@/lib/emulator/service-connect/plane/http1/request-head'

type Seen = { readonly method: string; readonly path: string; readonly body: string }

/** What our own reader makes of the bytes: messages up to the first mistake, or the one that its caller calls the last. */
function ours(bytes: Buffer): readonly Seen[] {
  const seen: Seen[] = []
  let open = { method: '', path: '', body: '' }
  let isLast = false
  const reader = new MessageReader(readRequestHead, {
    onHead(head, body, complete) {
      open = { method: head.method, path: head.path, body: body?.toString('latin1') ?? '' }
      isLast = head.wantsClose
      if (complete) finish()
    },
    onBody(piece) {
      open = { ...open, body: open.body + piece.toString('latin1') }
    },
    onEnd: () => finish(),
    onBroken() {},
    onRaw() {},
  })
  function finish() {
    seen.push(open)
    if (isLast) reader.stop()
    else reader.next()
  }
  reader.push(bytes)
  return seen
}

/** What Node's server makes of them. */
async function nodes(bytes: Buffer): Promise<Seen[]> {
  const found: Promise<Seen>[] = []
  const server = createServer({ maxHeaderSize: 100_000 })
  const take = (request: import('node:http').IncomingMessage): void => {
    found.push(
      new Promise((resolve) => {
        let body = ''
        const done = () =>
          resolve({
            method: request.method ?? '',
            path: request.url ?? '',
            body: request.complete ? body : 'unfinished',
          })
        request.on('data', (piece: Buffer) => {
          body += piece.toString('latin1')
        })
        request.on('end', done)
        request.on('close', done)
        request.on('error', done)
      }),
    )
  }
  const pipe = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
  const broken = new Promise<void>((resolve) => {
    server.on('clientError', () => resolve())
    pipe.once('close', () => resolve())
  })
  server.on('request', (request, response) => {
    take(request)
    request.on('end', () => response.end())
  })
  server.on('checkContinue', (request, response) => {
    take(request)
    request.on('end', () => response.end())
  })
  server.on('connect', (request) => take(request))
  server.on('upgrade', (request) => take(request))
  server.emit('connection', pipe)
  pipe.push(bytes)
  pipe.push(null)
  await broken
  pipe.destroy()
  return Promise.all(found)
}

const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n ', '\n\r')
const fieldLine = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Content-Length: 5',
    'Content-Length: 0',
    'Content-Length: 5, 5',
    'Content-Length : 5',
    'content-length:5',
    'Content-Length: +5',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: CHUNKED',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding : chunked',
    'Transfer-Encoding:\tchunked',
    'Transfer-Encoding: identity',
    'X-A: 1',
    ' X-A: 1',
    'X\0: 1',
    'Connection: content-length',
    'Connection: close',
    'Expect: 100-continue',
    ': nameless',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }),
)
const body = fc.constantFrom(
  '',
  'hello',
  'hel',
  '5\r\nhello\r\n0\r\n\r\n',
  '5\nhello\n0\n\n',
  '0\r\n\r\n',
  '5;x=y\r\nhello\r\n0\r\nX: 1\r\n\r\n',
  '0\r\nContent-Length: 5\r\n\r\n',
  'GET /inner HTTP/1.1\r\nHost: a\r\n\r\n',
)
const request = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT'),
    fc.constantFrom('/', '/a?b', '/%00', '*'),
    fc.array(fc.tuple(fieldLine, lineEnd), { maxLength: 5 }),
    lineEnd,
    body,
  )
  .map(
    ([method, path, lines, end, rest]) =>
      `${method} ${path} HTTP/1.1\r\nHost: h\r\n${lines.map((pair) => pair.join('')).join('')}${end}${rest}`,
  )
const stream = fc.array(request, { minLength: 1, maxLength: 3 }).map((requests) => requests.join(''))

describe('no two readers of the same bytes', () => {
  test.prop([stream], { numRuns: 1_500 })(
    'see different requests: what ours lets through, Node’s own parser reads the same',
    async (text) => {
      const bytes = Buffer.from(text, 'latin1')
      const all = ours(bytes)
      // llhttp knows its methods by name; any other token is a method to us, as to RFC 9110.
      const unknown = all.findIndex(({ method }) => !METHODS.includes(method))
      const seen = unknown === -1 ? all : all.slice(0, unknown)
      const theirs = await nodes(bytes)
      // Ours may stop earlier, never later and never elsewhere.
      expect(theirs.slice(0, seen.length)).toEqual(seen)
    },
  )
})
