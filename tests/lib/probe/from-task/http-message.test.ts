import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage } from '@/lib/probe/from-task/http-message'

describe('an answer as it came over a terminal', () => {
  it('is taken apart into status, headers and body', () => {
    const raw = 'HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: 2\r\nEmpty:\r\n\r\n{"a":\r\n1}'
    expect(readMessage(raw, false)).toEqual({
      status: 201,
      headers: { 'x-a': '1, 2', empty: '' },
      body: '{"a":\r\n1}',
    })
    expect(readMessage(raw.replaceAll('\r\n', '\n'), false)).toMatchObject({ status: 201, body: '{"a":\n1}' })
  })

  it('may have interim answers before it', () => {
    expect(readMessage('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx', false)).toMatchObject({
      status: 200,
      body: 'x',
    })
  })

  it('may be cut in the middle of its head', () => {
    expect(readMessage('HTTP/2 503\r\nretry-after: 3', false)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '3' },
      body: '',
    })
  })

  it('is put together from chunks where it was sent in chunks, and only then', () => {
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
    const chunks = '4;ext=1\r\nabcd\r\nA\r\n0123456789\r\n0\r\n\r\n'
    expect(readMessage(head + chunks, true)?.body).toBe('abcd0123456789')
    expect(readMessage(head + chunks, false)?.body).toBe(chunks)
    expect(readMessage(`${head}ff\r\nshort`, true)?.body).toBe('short')
    expect(readMessage(`${head}zz\r\nno`, true)?.body).toBe('')
    expect(readMessage('HTTP/1.1 200 OK\r\n\r\n4\r\nabcd\r\n', true)?.body).toBe('4\r\nabcd\r\n')
  })

  it.each(['', 'SSH-2.0-OpenSSH', 'HTTP/1.1', 'HTTP/1.1 abc\r\n\r\n', ' HTTP/1.1 200 OK\r\n\r\n'])(
    '%j is none',
    (raw) => {
      expect(readMessage(raw, true)).toBe(null)
    },
  )

  it('never fails, and no header becomes a property of its own kind', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, chunked) => {
        const text = Buffer.from(bytes).toString('latin1')
        const read = readMessage(`HTTP/1.1 200 OK\r\n__proto__: x\r\n${text}`, chunked)
        expect(read?.status).toBe(200)
        expect(Object.getPrototypeOf(read?.headers)).toBe(null)
      }),
      { numRuns: 60 },
    )
  })
})
