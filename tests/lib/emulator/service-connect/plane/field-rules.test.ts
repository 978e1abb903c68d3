import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { fieldsToReturn, fieldsToSend } from '@/lib/emulator/service-connect/plane/field-rules'
import { grpcHeadOfAnswer, headOfAnswer, refusal } from '@/lib/emulator/service-connect/plane/local-answer'
import { fieldOf } from '@/lib/emulator/service-connect/plane/message'
import { limitsOf } from '@/lib/emulator/service-connect/plane/timeouts'

const send = (...fields: string[]) => fieldsToSend(fields, 15_000, () => 'new-id')

describe('a request that is sent on', () => {
  it('gets an id, its scheme and the time it may take', () => {
    expect(send('accept', '*/*')).toEqual([
      'accept',
      '*/*',
      'x-forwarded-proto',
      'http',
      'x-request-id',
      'new-id',
      'x-envoy-expected-rq-timeout-ms',
      '15000',
    ])
  })

  it('keeps the id and the scheme that it has', () => {
    expect(send('X-Request-Id', 'mine', 'X-Forwarded-Proto', 'https')).toEqual([
      'X-Request-Id',
      'mine',
      'X-Forwarded-Proto',
      'https',
      'x-envoy-expected-rq-timeout-ms',
      '15000',
    ])
  })

  it('cannot choose how long it may take', () => {
    expect(fieldOf(send('X-Envoy-Expected-Rq-Timeout-Ms', '1'), 'x-envoy-expected-rq-timeout-ms')).toBe(
      '15000',
    )
  })

  it('is not told a time when there is none', () => {
    const fields = fieldsToSend([], Number.POSITIVE_INFINITY, () => 'new-id')
    expect(fieldOf(fields, 'x-envoy-expected-rq-timeout-ms')).toBeUndefined()
  })

  const anyField = fc.tuple(fc.string({ minLength: 1, maxLength: 32 }), fc.string())
  test.prop([fc.array(anyField, { maxLength: 20 })])('keeps every other field, in its order', (pairs) => {
    const own = /^(?:x-request-id|x-forwarded-proto|x-envoy-expected-rq-timeout-ms)$/i
    const sent = send(...pairs.flat())
    const others = (fields: readonly string[]) =>
      fields.flatMap((name, at) => (at % 2 === 0 && !own.test(name) ? [[name, fields[at + 1]]] : []))
    expect(others(sent)).toEqual(others(pairs.flat()))
    expect(
      sent.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'x-envoy-expected-rq-timeout-ms'),
    ).toHaveLength(1)
  })
})

describe('an answer that goes back', () => {
  it('tells how long the other side took, in place of what it said itself', () => {
    expect(fieldsToReturn(['Server', 'app', 'X-Envoy-Upstream-Service-Time', '99'], 3.6)).toEqual([
      'Server',
      'app',
      'x-envoy-upstream-service-time',
      '4',
    ])
  })

  it('does not tell what proxies tell each other', () => {
    expect(
      fieldOf(fieldsToReturn(['x-switchboard-not-delivered', '1'], 0), 'x-switchboard-not-delivered'),
    ).toBeUndefined()
  })
})

describe('an answer of the proxy itself', () => {
  it('says that it is the proxy’s, and how long it is', () => {
    const { status, fields, framing } = headOfAnswer({ status: 503, body: 'no healthy upstream' }, false)
    expect([status, fieldOf(fields, 'server'), fieldOf(fields, 'content-length'), framing]).toEqual([
      503,
      'envoy',
      '19',
      { kind: 'length', bytes: 19 },
    ])
  })

  it('tells another proxy that the application never saw the request', () => {
    const answer = { status: 503, body: '' }
    expect(fieldOf(headOfAnswer(answer, true).fields, 'x-switchboard-not-delivered')).toBe('1')
    expect(fieldOf(grpcHeadOfAnswer(answer, true).fields, 'x-switchboard-not-delivered')).toBe('1')
    expect(fieldOf(headOfAnswer(answer, false).fields, 'x-switchboard-not-delivered')).toBeUndefined()
  })

  it.each([
    [400, '13'],
    [502, '14'],
    [503, '14'],
    [504, '14'],
    [431, '2'],
  ])('of %i is status %s to a gRPC call', (status, code) => {
    const head = grpcHeadOfAnswer({ status, body: 'a reason' }, false)
    expect([head.status, fieldOf(head.fields, 'grpc-status'), fieldOf(head.fields, 'grpc-message')]).toEqual([
      200,
      code,
      'a reason',
    ])
  })

  it.each([400, 408, 426, 431, 501, 505])('%i says what it stands for', (status) => {
    expect(refusal(status, 'because').body).toMatch(/^[A-Z].*: because$/)
  })
})

describe('time limits', () => {
  it.each([
    [300_000, 15_000, 300_000, 15_000],
    [10_000, 15_000, 10_000, 10_000],
    [0, 15_000, Number.POSITIVE_INFINITY, 15_000],
    [300_000, 0, 300_000, 300_000],
    [0, 0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('idle %i and request %i: %d and %d', (idleTimeoutMs, perRequestTimeoutMs, idleMs, requestMs) => {
    expect(limitsOf({ idleTimeoutMs, perRequestTimeoutMs })).toEqual({ idleMs, requestMs })
  })
})
