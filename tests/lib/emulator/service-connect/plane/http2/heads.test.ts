import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { encodeRequest } from '@/lib/emulator/service-connect/plane/http1/encode'
import { readRequestHead } from '@/lib/emulator/service-connect/plane/http1/request-head'
import { fromRaw, toHeaders } from '@/lib/emulator/service-connect/plane/http2/fields'
import { readHttp2Request } from '@/lib/emulator/service-connect/plane/http2/request-head'

const pseudo = [':method', 'POST', ':path', '/a?b', ':scheme', 'http', ':authority', 'user-svc']
const read = (...fields: string[]) => readHttp2Request([...pseudo, ...fields], false)
const withPseudo = (name: string, value: string) =>
  readHttp2Request(
    pseudo.map((word, at) => (pseudo[at - 1] === name ? value : word)),
    true,
  )

describe('an HTTP/2 request', () => {
  it('is read like any other', () => {
    expect(read('x-a', '1', 'content-length', '3')).toMatchObject({
      method: 'POST',
      path: '/a?b',
      authority: 'user-svc',
      fields: ['x-a', '1', 'content-length', '3'],
      framing: { kind: 'length', bytes: 3 },
      protocol: 'HTTP/2',
    })
    expect(read()).toMatchObject({ framing: { kind: 'chunked' } })
    expect(readHttp2Request(pseudo, true)).toMatchObject({ framing: { kind: 'none' } })
  })

  it('has its cookie in one piece again', () => {
    expect(read('cookie', 'a=1', 'x', 'y', 'cookie', 'b=2')).toMatchObject({
      fields: ['x', 'y', 'cookie', 'a=1; b=2'],
    })
  })

  it('may name its host as HTTP/1.1 does', () => {
    expect(readHttp2Request([':method', 'GET', ':path', '/', 'host', 'a'], true)).toMatchObject({
      authority: 'a',
    })
  })

  it.each([
    [':path', '/a b'],
    [':path', '/ HTTP/1.1\r\nx: y'],
    [':path', 'a'],
    [':path', '/#x'],
    [':path', ''],
    [':method', 'GET /'],
    [':method', ''],
    [':method', 'CONNECT'],
    [':authority', 'a\r\nx: y'],
    [':authority', 'a b'],
    [':authority', ''],
  ])('is refused with %s %j', (name, value) => {
    expect(withPseudo(name, value)).toMatchObject({ status: 400 })
  })

  it.each(['a\r\nb', 'a\nb', 'a\0b', 'a\rb'])('is refused with a value of %j', (value) => {
    expect(read('x', value)).toMatchObject({ status: 400 })
  })

  const any = fc.string({ unit: 'binary-ascii', maxLength: 20 })
  test.prop([any, any, any, any])(
    'says the same in HTTP/1.1, whatever it holds, or is refused',
    (method, path, authority, value) => {
      const head = readHttp2Request(
        [':method', method || 'GET', ':path', `/${path}`, ':authority', `a${authority}`, 'x-v', value],
        true,
      )
      if ('mistake' in head) return
      const again = readRequestHead(encodeRequest(head, head.fields).slice(0, -4))
      expect(again).toMatchObject({ method: head.method, path: head.path, authority: head.authority })
      expect('mistake' in again ? [] : again.fields.filter((_, at) => at % 2 === 0)).toEqual(['x-v'])
    },
  )
})

describe('fields on an HTTP/2 connection', () => {
  it('are in lower case, repeated ones together, and say nothing of the connection', () => {
    const headers = toHeaders([
      'X-A',
      '1',
      'x-a',
      '2',
      'Connection',
      'close',
      'Keep-Alive',
      'timeout=5',
      'Set-Cookie',
      'a',
      'set-cookie',
      'b',
      'X-A',
      '3',
    ])
    expect({ ...headers }).toEqual({ 'x-a': ['1', '2', '3'], 'set-cookie': ['a', 'b'] })
  })

  it('say once what can only be said once', () => {
    expect({ ...toHeaders(['Content-Type', 'a', 'content-type', 'b']) }).toEqual({ 'content-type': 'a' })
  })

  it('lose what may not be there, but for gRPC’s trailers', () => {
    expect(fromRaw(['te', 'trailers', 'te', 'gzip', 'upgrade', 'x', 'x', '1']).fields).toEqual([
      'te',
      'trailers',
      'x',
      '1',
    ])
  })
})
