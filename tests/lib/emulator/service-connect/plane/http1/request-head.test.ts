import { describe, expect, it } from 'vitest'
import { readRequestHead } from '@/lib/emulator/service-connect/plane/http1/request-head'

const head = (...lines: string[]) => readRequestHead(lines.join('\r\n'))
const plain = (...lines: string[]) => head('GET / HTTP/1.1', 'Host: a', ...lines)

describe('a request head is read', () => {
  it('with its path, its host and its fields as they were spelled', () => {
    expect(
      head('POST /users?id=1 HTTP/1.1', 'Host: user-svc:80', 'X-Case: Kept', 'x-empty:', 'X-Tab:\t v \t'),
    ).toEqual({
      method: 'POST',
      path: '/users?id=1',
      authority: 'user-svc:80',
      fields: ['X-Case', 'Kept', 'x-empty', '', 'X-Tab', 'v'],
      framing: { kind: 'none' },
      protocol: 'HTTP/1.1',
      upgrade: false,
      expectsContinue: false,
      wantsClose: false,
    })
  })

  it.each([
    ['Content-Length: 12', { kind: 'length', bytes: 12 }],
    ['Content-Length: 0', { kind: 'none' }],
    ['Content-Length: 000012', { kind: 'length', bytes: 12 }],
    ['Transfer-Encoding: chunked', { kind: 'chunked' }],
    ['transfer-encoding: Chunked', { kind: 'chunked' }],
  ])('with the framing of %s', (line, framing) => {
    expect(plain(line)).toMatchObject({ framing })
  })

  it.each([
    ['http://user-svc/path?x=1', '/path?x=1', 'user-svc'],
    ['http://user-svc:8080', '/', 'user-svc:8080'],
    ['HTTP://user-svc?x=1', '/?x=1', 'user-svc'],
    ['https://other/', '/', 'other'],
  ])('with the host of an absolute target %s instead of the header’s', (target, path, authority) => {
    expect(head(`GET ${target} HTTP/1.1`, 'Host: ignored')).toMatchObject({ path, authority })
  })

  it('with * for OPTIONS alone', () => {
    expect(head('OPTIONS * HTTP/1.1', 'Host: a')).toMatchObject({ path: '*' })
    expect(head('GET * HTTP/1.1', 'Host: a')).toMatchObject({ status: 400 })
  })

  it.each([
    ['Connection: close', true],
    ['Connection: Close', true],
    ['Connection: keep-alive, close', true],
    ['Connection: keep-alive', false],
    ['Connection: closed', false],
  ])('and %s says whether it is the last: %s', (line, wantsClose) => {
    expect(plain(line)).toMatchObject({ wantsClose })
  })

  it.each([
    [['Connection: Upgrade', 'Upgrade: websocket'], true],
    [['Connection: keep-alive, Upgrade', 'Upgrade: WebSocket'], true],
    [['Upgrade: websocket'], false],
    [['Connection: Upgrade', 'Upgrade: h2c', 'HTTP2-Settings: x'], false],
    [['Connection: Upgrade', 'Upgrade: websocket, h2c'], false],
    [['Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 4'], false],
    [['Connection: Upgrade', 'Upgrade: websocket', 'Transfer-Encoding: chunked'], false],
  ])('and only a WebSocket is an upgrade: %s', (lines, upgrade) => {
    expect(plain(...lines)).toMatchObject({ upgrade })
  })
})

describe('what concerns one connection alone is not carried on', () => {
  it.each([
    'Connection: keep-alive',
    'Keep-Alive: timeout=5',
    'Proxy-Connection: keep-alive',
    'Upgrade: h2c',
    'HTTP2-Settings: AAMAAABkAAQ',
    'TE: gzip',
    'TE: trailers, gzip',
    'Transfer-Encoding: chunked',
    'Host: a',
  ])('%s', (line) => {
    const lines = line.startsWith('Host') ? ['GET / HTTP/1.1', line] : ['GET / HTTP/1.1', 'Host: a', line]
    expect(head(...lines)).toMatchObject({ fields: [] })
  })

  it('but what gRPC needs is', () => {
    expect(plain('TE: trailers')).toMatchObject({ fields: ['TE', 'trailers'] })
  })

  it('and neither is what a Connection header names, but for the length', () => {
    expect(
      plain(
        'X-Hop: 1',
        'X-Stay: 2',
        'x-hop: 3',
        'Content-Length: 3',
        'Connection: x-HOP, close, content-length',
      ),
    ).toMatchObject({ fields: ['X-Stay', '2', 'Content-Length', '3'], framing: { kind: 'length', bytes: 3 } })
  })
})

describe('a request head is refused', () => {
  const cases: [string, string[], number][] = [
    [
      'both Content-Length and Transfer-Encoding',
      ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 3', 'Transfer-Encoding: chunked'],
      400,
    ],
    [
      'the same in the other order',
      ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked', 'Content-Length: 3'],
      400,
    ],
    ['two lengths', ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 3', 'Content-Length: 4'], 400],
    ['the same length twice', ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 3', 'Content-Length: 3'], 400],
    ['a list of lengths', ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 3, 3'], 400],
    ['a signed length', ['GET / HTTP/1.1', 'Host: a', 'Content-Length: +3'], 400],
    ['a negative length', ['GET / HTTP/1.1', 'Host: a', 'Content-Length: -1'], 400],
    ['a hexadecimal length', ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 0x10'], 400],
    ['an empty length', ['GET / HTTP/1.1', 'Host: a', 'Content-Length:'], 400],
    [
      'a length past what a number holds',
      ['GET / HTTP/1.1', 'Host: a', 'Content-Length: 99999999999999999999'],
      400,
    ],
    ['an unknown coding', ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: gzip'], 501],
    ['a coding before chunked', ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: gzip, chunked'], 501],
    [
      'chunked twice',
      ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
      501,
    ],
    ['chunked in disguise', ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: xchunked'], 501],
    ['chunked with a vertical tab', ['GET / HTTP/1.1', 'Host: a', 'Transfer-Encoding: \vchunked'], 400],
    ['a blank before the colon', ['GET / HTTP/1.1', 'Host: a', 'Content-Length : 3'], 400],
    ['a folded line', ['GET / HTTP/1.1', 'Host: a', 'X-A: 1', ' 2'], 400],
    ['a folded line with a tab', ['GET / HTTP/1.1', 'Host: a', 'X-A: 1', '\tX-B: 2'], 400],
    ['a line without a colon', ['GET / HTTP/1.1', 'Host: a', 'nothing'], 400],
    ['no name', ['GET / HTTP/1.1', 'Host: a', ': x'], 400],
    ['a name with a blank', ['GET / HTTP/1.1', 'Host: a', 'X Y: z'], 400],
    ['a name with a bracket', ['GET / HTTP/1.1', 'Host: a', 'X[0]: z'], 400],
    ['a name beyond ASCII', ['GET / HTTP/1.1', 'Host: a', 'X-\xe4: z'], 400],
    ['a NUL in a value', ['GET / HTTP/1.1', 'Host: a', 'X: a\0b'], 400],
    ['a bare LF in a value', ['GET / HTTP/1.1', 'Host: a', 'X: a\nY: b'], 400],
    ['a bare CR in a value', ['GET / HTTP/1.1', 'Host: a', 'X: a\rY: b'], 400],
    ['a bare CR at the end of a value', ['GET / HTTP/1.1', 'Host: a', 'X: a\r'], 400],
    ['a DEL in a value', ['GET / HTTP/1.1', 'Host: a', 'X: \x7f'], 400],
    ['a bare LF after the request line', ['GET / HTTP/1.1\nHost: a'], 400],
    ['no host', ['GET / HTTP/1.1'], 400],
    ['two hosts', ['GET / HTTP/1.1', 'Host: a', 'Host: a'], 400],
    ['a host with a blank', ['GET / HTTP/1.1', 'Host: a b'], 400],
    ['a host with a path', ['GET / HTTP/1.1', 'Host: a/b'], 400],
    ['a host with a user and a path', ['GET / HTTP/1.1', 'Host: a@b/c'], 400],
    ['HTTP/1.0', ['GET / HTTP/1.0', 'Host: a'], 426],
    ['HTTP/1.2', ['GET / HTTP/1.2', 'Host: a'], 505],
    ['HTTP/2.0 in text', ['GET / HTTP/2.0', 'Host: a'], 505],
    ['HTTP/0.9', ['GET /'], 400],
    ['a version in lower case', ['GET / http/1.1', 'Host: a'], 400],
    ['two blanks in the request line', ['GET  / HTTP/1.1', 'Host: a'], 400],
    ['a tab in the request line', ['GET\t/ HTTP/1.1', 'Host: a'], 400],
    ['a blank at the end of the request line', ['GET / HTTP/1.1 ', 'Host: a'], 400],
    ['a blank in the path', ['GET /a b HTTP/1.1', 'Host: a'], 400],
    ['a fragment', ['GET /a#b HTTP/1.1', 'Host: a'], 400],
    ['a path without a slash', ['GET a HTTP/1.1', 'Host: a'], 400],
    ['another scheme', ['GET ftp://a/ HTTP/1.1', 'Host: a'], 400],
    ['an absolute target without a host', ['GET http:///x HTTP/1.1', 'Host: a'], 400],
    ['CONNECT', ['CONNECT a:80 HTTP/1.1', 'Host: a'], 400],
    ['a method with a colon', ['GE:T / HTTP/1.1', 'Host: a'], 400],
    ['an unknown expectation', ['GET / HTTP/1.1', 'Host: a', 'Expect: 200-ok'], 400],
    ['nothing', [''], 400],
    ['101 headers', ['GET / HTTP/1.1', ...Array.from({ length: 101 }, (_, index) => `X-${index}: 1`)], 431],
  ]
  it.each(cases)('for %s', (_what, lines, status) => {
    expect(head(...lines)).toMatchObject({ status, mistake: expect.any(String) })
  })

  it('a hundred headers are not too many', () => {
    expect(plain(...Array.from({ length: 99 }, (_, index) => `X-${index}: 1`))).toMatchObject({
      method: 'GET',
    })
  })
})
