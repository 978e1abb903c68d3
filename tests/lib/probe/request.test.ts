import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { problemOfPath } from '@/lib/probe/path'
import { readCallRequest } from '@/lib/probe/read-request'
import { callRequestSchema } from '@/lib/probe/request'

const good = { serviceId: 'service/default/backend-api-service' }

describe('a path', () => {
  test.each([
    '/',
    '/health',
    '/api/data?x=1&y=%2F',
    '/a/../b',
    '/a:b@c',
    '/@evil',
    "/it's",
    '/~[]{}|^`"<>',
    `/${'x'.repeat(2047)}`,
  ])('%s may be called', (path) => {
    expect(problemOfPath(path)).toBeNull()
  })

  test.each([
    ['', 'starts with /'],
    ['health', 'starts with /'],
    ['http://169.254.169.254/', 'starts with /'],
    ['@169.254.169.254/', 'starts with /'],
    [' /', 'starts with /'],
    ['//169.254.169.254/', 'single /'],
    ['/\\169.254.169.254', '\\'],
    ['/x#fragment', '#'],
    ['/a b', 'encoded'],
    ['/a\tb', 'encoded'],
    ['/a\r\nHost: evil', 'encoded'],
    ['/a\u0000', 'encoded'],
    ['/a\u007f', 'encoded'],
    ['/über', 'encoded'],
    ['/\u202e', 'encoded'],
    ['/%', '%'],
    ['/%zz', '%'],
    ['/100%', '%'],
    [`/${'x'.repeat(2048)}`, '2048'],
  ])('%j may not (%s)', (path, why) => {
    expect(problemOfPath(path)).toContain(why)
  })

  property.prop([fc.string({ unit: 'binary', maxLength: 100 })])(
    'is always safe in a request line',
    (text) => {
      if (problemOfPath(text) !== null) return
      expect(text).toMatch(/^\/[\x21-\x7e]*$/)
      expect(new URL(text, 'http://10.0.0.1:8080').host).toBe('10.0.0.1:8080')
    },
  )
})

describe('a request', () => {
  test('has good defaults', () => {
    expect(callRequestSchema.parse(good)).toEqual({
      ...good,
      method: 'GET',
      path: '/',
      count: 1,
      concurrency: 1,
      via: 'discover',
    })
  })

  test.each([
    { count: 500, concurrency: 20 },
    { via: 'dns' },
    { via: 'tasks' },
    { method: 'DELETE' },
    { port: 65_535 },
    { serviceId: 'discovery/srv-abc' },
    { serviceId: 'tasks/default/family:job' },
    { serviceId: 'service/default/name~2' },
  ])('with %j is taken', (more) => {
    expect(callRequestSchema.safeParse({ ...good, ...more }).success).toBe(true)
  })

  test.each([
    { count: 0 },
    { count: 501 },
    { count: 1.5 },
    { count: '5' },
    { count: Number.NaN },
    { concurrency: 0 },
    { concurrency: 21 },
    { via: 'proxy' },
    { method: 'TRACE' },
    { method: 'CONNECT' },
    { method: 'get' },
    { port: 0 },
    { port: 65_536 },
    { port: null },
    { path: 'http://x/' },
    { path: 7 },
    { serviceId: '' },
    { serviceId: 'http://169.254.169.254/' },
    { serviceId: 'service/default/a b' },
    { serviceId: `service/${'x'.repeat(700)}` },
    { host: '169.254.169.254' },
    { address: '10.0.0.1' },
    { headers: { 'x-forwarded-for': '1' } },
  ])('with %j is refused', (more) => {
    expect(callRequestSchema.safeParse({ ...good, ...more }).success).toBe(false)
  })
})

describe('the body of POST /api/call', () => {
  const ask = (body: BodyInit | null, type = 'application/json') =>
    readCallRequest(
      new Request('http://localhost/api/call', { method: 'POST', body, headers: { 'content-type': type } }),
    )

  test('is read and checked', async () => {
    expect(await ask(JSON.stringify({ ...good, count: 3 }))).toMatchObject({
      refusal: null,
      request: { count: 3 },
    })
    expect(await ask(JSON.stringify(good), 'application/json; charset=utf-8')).toMatchObject({
      refusal: null,
    })
  })

  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data', 415],
    ['', 415],
  ])('of type %s is refused with %i, so that no form of another page can send it', async (type, status) => {
    expect((await ask(JSON.stringify(good), type)).refusal?.status).toBe(status)
  })

  test.each([
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '42',
    '{"serviceId":1}',
    '{"__proto__":{"serviceId":"service/a/b"}}',
  ])('%s is refused with 400 and words', async (body) => {
    const { refusal } = await ask(body)
    expect(refusal?.status).toBe(400)
    expect(refusal?.message).toBeTruthy()
    expect(refusal?.remedy).toBeTruthy()
  })

  test('names the member that is wrong', async () => {
    expect((await ask(JSON.stringify({ ...good, count: 900 }))).refusal?.message).toMatch(/^count: /)
    expect((await ask(JSON.stringify({ ...good, path: 'x' }))).refusal?.message).toContain('starts with /')
  })

  test('is not read to the end when it is too long', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(4096))
      },
    })
    const { refusal } = await readCallRequest(
      new Request('http://localhost/api/call', {
        method: 'POST',
        body: endless,
        headers: { 'content-type': 'application/json' },
        ...{ duplex: 'half' },
      }),
    )
    expect(refusal?.status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })

  property.prop([fc.json()])('of any JSON is taken or refused, never thrown', async (text) => {
    const { refusal, request } = await ask(text)
    expect((refusal === null) !== (request === null)).toBe(true)
  })
})
