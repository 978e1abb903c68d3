import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { MessageReader, maxHeadBytes } from '@/lib/emulator/service-connect/plane/http1/message-reader'
import { readRequestHead } from '@/lib/emulator/service-connect/plane/http1/request-head'
import { readResponseHead } from '@/lib/emulator/service-connect/plane/http1/response-head'

type Message = { method: string; path: string; body: string; trailers: readonly string[] }

/** Reads everything, asking for the next message at once. */
function readAll(pieces: readonly Buffer[]) {
  const messages: Message[] = []
  let open: Message | undefined
  let broken: number | undefined
  let ended = false
  const reader = new MessageReader(readRequestHead, {
    onHead(head, body, complete) {
      open = { method: head.method, path: head.path, body: body?.toString('latin1') ?? '', trailers: [] }
      if (complete) finish()
    },
    onBody(bytes) {
      if (open) open.body += bytes.toString('latin1')
    },
    onEnd(trailers) {
      if (open) open.trailers = trailers
      finish()
    },
    onBroken({ status }) {
      broken = status
    },
    onRaw() {},
  })
  function finish() {
    if (open) messages.push(open)
    open = undefined
    reader.next()
  }
  for (const piece of pieces) reader.push(piece)
  ended = reader.finish()
  return { messages, broken, ended }
}

const bytesOf = (text: string) => Buffer.from(text, 'latin1')
const whole = (text: string) => readAll([bytesOf(text)])

const stream =
  'GET /one HTTP/1.1\r\nHost: a\r\n\r\n' +
  '\r\nPOST /two HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello' +
  'POST /three HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' +
  '4;name=value\r\nwiki\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n' +
  'PUT /four HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' +
  'DELETE /five HTTP/1.1\r\nHost: a\r\n\r\n'
const meant: Message[] = [
  { method: 'GET', path: '/one', body: '', trailers: [] },
  { method: 'POST', path: '/two', body: 'hello', trailers: [] },
  { method: 'POST', path: '/three', body: 'wiki0123456789', trailers: ['X-Sum', '1'] },
  { method: 'PUT', path: '/four', body: '', trailers: [] },
  { method: 'DELETE', path: '/five', body: '', trailers: [] },
]

describe('messages on one connection', () => {
  it('are told apart when they come at once', () => {
    expect(whole(stream)).toEqual({ messages: meant, broken: undefined, ended: true })
  })

  it('are told apart when they come byte by byte', () => {
    const pieces = [...bytesOf(stream)].map((byte) => Buffer.from([byte]))
    expect(readAll(pieces)).toEqual({ messages: meant, broken: undefined, ended: true })
  })

  test.prop([fc.array(fc.integer({ min: 1, max: stream.length }), { maxLength: 12 })])(
    'are the same however they are cut',
    (cuts) => {
      const marks = [0, ...cuts.sort((a, b) => a - b), stream.length]
      const pieces = marks.slice(1).map((end, index) => bytesOf(stream.slice(marks[index], end)))
      expect(readAll(pieces.filter((piece) => piece.length > 0)).messages).toEqual(meant)
    },
  )

  it('wait until the one before is dealt with', () => {
    const seen: string[] = []
    const reader = new MessageReader(readRequestHead, {
      onHead: (head) => seen.push(head.path),
      onBody() {},
      onEnd() {},
      onBroken() {},
      onRaw() {},
    })
    reader.push(bytesOf(stream))
    expect([seen, reader.hasRest]).toEqual([['/one'], true])
    reader.next()
    expect(seen).toEqual(['/one', '/two'])
  })

  it('may be thousands, each answered at once', () => {
    const many = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20_000)
    expect(whole(many).messages).toHaveLength(20_000)
  })

  it('become plain bytes after an upgrade, those that came early first', () => {
    let raw = ''
    const reader = new MessageReader(readRequestHead, {
      onHead() {},
      onBody() {},
      onEnd() {},
      onBroken() {},
      onRaw(bytes) {
        raw += bytes.toString()
      },
    })
    reader.push(bytesOf('GET / HTTP/1.1\r\nHost: a\r\n\r\nearly '))
    reader.becomeRaw()
    reader.push(bytesOf('late'))
    expect(raw).toBe('early late')
  })
})

const chunkedHead = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'
describe('what is no message is told once, and nothing after it is read', () => {
  it.each([
    ['a bare LF instead of a line end', 'GET / HTTP/1.1\nHost: a\n\n', 400],
    ['a bare LF in a header that has not ended', 'GET / HTTP/1.1\r\nHost: a\n', 400],
    ['a header that does not end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(maxHeadBytes)}`, 431],
    ['a header of 64 KiB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
    ['a chunk size that is none', `${chunkedHead}zz\r\n`, 400],
    ['a negative chunk size', `${chunkedHead}-1\r\nx\r\n`, 400],
    ['a chunk size with 0x', `${chunkedHead}0x1\r\nx\r\n`, 400],
    ['an empty chunk size', `${chunkedHead}\r\nx\r\n`, 400],
    ['a chunk size that overflows', `${chunkedHead}fffffffffffffffff\r\nx`, 400],
    ['a chunk size ended by a bare LF', `${chunkedHead}1\nx\r\n`, 400],
    ['a bare CR in a chunk size', `${chunkedHead}1\r\rx\r\n`, 400],
    ['a chunk that is longer than it says', `${chunkedHead}1\r\nxy\r\n`, 400],
    ['a chunk ended by a bare LF', `${chunkedHead}1\r\nx\n0\r\n\r\n`, 400],
    ['a chunk extension that does not end', `${chunkedHead}1;${'x'.repeat(300)}`, 400],
    ['a chunk extension with a NUL', `${chunkedHead}1;a\0b\r\nx\r\n`, 400],
    ['a length among the trailers', `${chunkedHead}0\r\nContent-Length: 4\r\n\r\n`, 400],
    ['a host among the trailers', `${chunkedHead}0\r\nHost: b\r\n\r\n`, 400],
    ['a coding among the trailers', `${chunkedHead}0\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
    ['trailers with a bare LF', `${chunkedHead}0\r\nX: 1\nY: 2\r\n\r\n`, 400],
    ['trailers that do not end', `${chunkedHead}0\r\nX: ${'x'.repeat(20_000)}`, 400],
  ])('%s', (_what, text, status) => {
    const read = whole(`${text}GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n`)
    expect(read.broken).toBe(status)
    expect(read.messages.map(({ path }) => path)).not.toContain('/smuggled')
  })

  it.each([
    ['half a head', 'GET / HTTP/1.1\r\nHos'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf'],
    ['half a chunk', `${chunkedHead}9\r\nhalf`],
    ['no last chunk', `${chunkedHead}4\r\nhalf\r\n`],
  ])('and an end after %s is no end of a message', (_what, text) => {
    expect(whole(text).ended).toBe(false)
  })
})

describe('an answer without a length', () => {
  it('ends with its connection', () => {
    const told: string[] = []
    const reader = new MessageReader((text) => readResponseHead(text, 'GET'), {
      onHead: () => told.push('head'),
      onBody: (bytes) => told.push(bytes.toString()),
      onEnd: () => told.push('end'),
      onBroken: () => told.push('broken'),
      onRaw() {},
    })
    reader.push(bytesOf('HTTP/1.0 200 OK\r\n\r\nfirst'))
    reader.push(bytesOf('second'))
    expect(reader.finish()).toBe(true)
    expect(told).toEqual(['head', 'first', 'second', 'end'])
  })
})
