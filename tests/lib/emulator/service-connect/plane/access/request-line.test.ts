import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type AccessEntry, formatAccess } from '@/lib/emulator/service-connect/plane/access/request-line'

const entry: AccessEntry = {
  startedAtMs: Date.UTC(2030, 0, 2, 3, 4, 5, 678),
  method: 'GET',
  path: '/users?token=secret',
  protocol: 'HTTP/1.1',
  status: 200,
  grpcStatus: undefined,
  bytesReceived: 1,
  bytesSent: 22,
  durationMs: 3.4,
  serviceMs: 2.6,
  forwardedFor: undefined,
  userAgent: 'curl/8',
  requestId: 'id-1',
  authority: 'user-svc',
  upstreamHost: '127.10.0.5:3000',
}
const text = { format: 'TEXT', includeQueryParameters: false } as const
const json = { format: 'JSON', includeQueryParameters: false } as const

describe('an access log line', () => {
  it('has AWS’s format', () => {
    expect(formatAccess(entry, text, 'http')).toBe(
      '[2030-01-02T03:04:05.678Z] "GET /users HTTP/1.1" 200 1 22 3 3 "-" "curl/8" "id-1" "user-svc" "127.10.0.5:3000"',
    )
  })

  it('has the same as an object', () => {
    expect(JSON.parse(formatAccess(entry, json, 'http'))).toEqual({
      start_time: '2030-01-02T03:04:05.678Z',
      method: 'GET',
      path: '/users',
      protocol: 'HTTP/1.1',
      response_code: 200,
      bytes_received: 1,
      bytes_sent: 22,
      duration: 3,
      upstream_service_time: '3',
      forwarded_for: null,
      user_agent: 'curl/8',
      request_id: 'id-1',
      authority: 'user-svc',
      upstream_host: '127.10.0.5:3000',
    })
  })

  it('has query parameters only when asked for', () => {
    expect(formatAccess(entry, text, 'http')).not.toContain('secret')
    expect(formatAccess(entry, json, 'http')).not.toContain('secret')
    expect(formatAccess(entry, { ...text, includeQueryParameters: true }, 'http')).toContain(
      '/users?token=secret ',
    )
    expect(formatAccess(entry, { ...json, includeQueryParameters: true }, 'http')).toContain('secret')
  })

  it('says that nobody was asked', () => {
    const failed = { ...entry, status: 503, serviceMs: undefined, upstreamHost: undefined }
    expect(formatAccess(failed, text, 'http')).toContain(' 503 1 22 3 - ')
    expect(formatAccess(failed, text, 'http')).toMatch(/"-"$/)
    expect(JSON.parse(formatAccess(failed, json, 'http'))).toMatchObject({
      upstream_service_time: null,
      upstream_host: null,
    })
  })

  it('of a port of HTTP/2 names the stream as well', () => {
    expect(formatAccess(entry, text, 'http2')).toMatch(/ 200 1 22 3 3 .*"127\.10\.0\.5:3000" "id-1"$/)
    const told = JSON.parse(formatAccess(entry, json, 'http2'))
    expect(told).toMatchObject({ stream_id: 'id-1' })
    expect(told).not.toHaveProperty('grpc_status')
    expect(JSON.parse(formatAccess(entry, json, 'http'))).not.toHaveProperty('stream_id')
  })

  it.each([
    ['0', 'OK', 'OK'],
    ['14', 'Unavailable', 'Unavailable'],
    ['99', '99', '99'],
    [undefined, '-', null],
    ['rubbish', '-', null],
  ])('of a gRPC port says how the call ended: %s', (grpcStatus, inText, inJson) => {
    const call = { ...entry, grpcStatus }
    expect(formatAccess(call, text, 'grpc')).toContain(` 200 ${inText} 1 22 3 3 `)
    expect(formatAccess(call, text, 'grpc')).toMatch(/"id-1"$/)
    expect(JSON.parse(formatAccess(call, json, 'grpc'))).toMatchObject({
      grpc_status: inJson,
      stream_id: 'id-1',
    })
  })

  const hostile = fc.string({ unit: 'binary-ascii' })
  test.prop([hostile, hostile, hostile])(
    'is one line whatever a client says',
    (path, userAgent, requestId) => {
      const said = { ...entry, path: `/${path}`, userAgent, requestId }
      for (const wish of [text, json, { ...text, includeQueryParameters: true }]) {
        const line = formatAccess(said, wish, 'http')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those must not be there.
        expect(line).not.toMatch(/[\x00-\x1f\x7f]/)
      }
      // Quotes of a client are marked, so that the fields can be told apart.
      expect(formatAccess(said, text, 'http').replace(/\\./g, '').match(/"/g)).toHaveLength(12)
      expect(JSON.parse(formatAccess(said, json, 'http'))).toMatchObject({
        user_agent: userAgent,
        request_id: requestId,
      })
    },
  )
})
