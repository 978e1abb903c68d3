import { describe, expect, it } from 'vitest'
import { readResponseHead } from '@/lib/emulator/service-connect/plane/http1/response-head'

const head = (lines: readonly string[], method = 'GET') => readResponseHead(lines.join('\r\n'), method)

describe('an answer’s head is read', () => {
  it('with its reason, its fields and how its body ends', () => {
    expect(
      head(['HTTP/1.1 200 All right', 'Content-Length: 3', 'X-A: 1', 'Keep-Alive: timeout=5, max=100']),
    ).toEqual({
      status: 200,
      reason: 'All right',
      fields: ['Content-Length', '3', 'X-A', '1'],
      framing: { kind: 'length', bytes: 3 },
      wantsClose: false,
      upgrade: false,
      keepAliveMs: 5_000,
    })
  })

  it.each([
    [['HTTP/1.1 200 OK', 'Content-Length: 0'], 'GET', 'none'],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], 'GET', 'chunked'],
    [['HTTP/1.1 200 OK'], 'GET', 'close'],
    [['HTTP/1.1 200 OK', 'Content-Length: 10'], 'HEAD', 'none'],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], 'HEAD', 'none'],
    [['HTTP/1.1 204 No Content'], 'GET', 'none'],
    [['HTTP/1.1 304 Not Modified', 'Content-Length: 10'], 'GET', 'none'],
    [['HTTP/1.1 100 Continue'], 'POST', 'none'],
    [['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'], 'GET', 'none'],
    [['HTTP/1.0 200 OK'], 'GET', 'close'],
  ])('%s to %s: its body ends as %s', (lines, method, kind) => {
    expect(head(lines, method)).toMatchObject({ framing: { kind } })
  })

  it.each([
    [['HTTP/1.1 200 OK', 'Content-Length: 1'], false],
    [['HTTP/1.1 200 OK', 'Content-Length: 1', 'Connection: close'], true],
    [['HTTP/1.0 200 OK', 'Content-Length: 1'], true],
    [['HTTP/1.0 200 OK', 'Content-Length: 1', 'Connection: keep-alive'], false],
    [['HTTP/1.1 200 OK'], true],
  ])('%s: the connection ends after it: %s', (lines, wantsClose) => {
    expect(head(lines)).toMatchObject({ wantsClose })
  })

  it('without a reason, or with an empty one', () => {
    expect(head(['HTTP/1.1 200'])).toMatchObject({ status: 200, reason: '' })
    expect(head(['HTTP/1.1 200 '])).toMatchObject({ status: 200, reason: '' })
  })

  it.each([
    ['rubbish', ['hello']],
    ['another protocol', ['SSH-2.0-OpenSSH']],
    ['a status of two digits', ['HTTP/1.1 20 OK']],
    ['a status of four digits', ['HTTP/1.1 2000 OK']],
    ['a status of six hundred', ['HTTP/1.1 600 OK']],
    ['HTTP/2', ['HTTP/2 200 OK']],
    ['both length and chunks', ['HTTP/1.1 200 OK', 'Content-Length: 1', 'Transfer-Encoding: chunked']],
    ['two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2']],
    ['chunks in HTTP/1.0', ['HTTP/1.0 200 OK', 'Transfer-Encoding: chunked']],
    ['a bare line feed', ['HTTP/1.1 200 OK\nSet-Cookie: a=b']],
    ['a NUL', ['HTTP/1.1 200 OK', 'X: \0']],
    ['a folded line', ['HTTP/1.1 200 OK', 'X: a', ' b']],
  ])('and %s is none', (_what, lines) => {
    expect(head(lines)).toMatchObject({ mistake: expect.any(String) })
  })
})
