import { describe, expect, it } from 'vitest'
import { type RetryFacts, retryPauseOf, shouldRetry } from '@/lib/emulator/service-connect/plane/retry/decide'

const facts = (change: Partial<RetryFacts>): RetryFacts => ({
  failure: 'connect',
  method: 'GET',
  retried: 0,
  canReplay: true,
  ...change,
})
const tries = (change: Partial<RetryFacts>) => shouldRetry(facts(change), 2)

describe('another try', () => {
  const methods = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'POST', 'PATCH', 'get', 'CUSTOM']
  it.each(methods)('after a failed connection for %s, whatever it does', (method) => {
    expect(tries({ method, failure: 'connect' })).toBe(true)
    expect(tries({ method, failure: 'not delivered' })).toBe(true)
  })

  it.each(methods)(
    'after anything that may have reached an application only if %s is idempotent',
    (method) => {
      const idempotent = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'].includes(method)
      expect(tries({ method, failure: 'unavailable' })).toBe(idempotent)
      expect(tries({ method, failure: 'reset' })).toBe(idempotent)
      expect(tries({ method, failure: 'stale' })).toBe(idempotent)
    },
  )

  it.each(methods)('never after rubbish: %s', (method) => {
    expect(tries({ method, failure: 'protocol' })).toBe(false)
  })

  it('twice at most', () => {
    expect([0, 1, 2, 3].map((retried) => tries({ retried }))).toEqual([true, true, false, false])
  })

  it('never when a part of the request is gone', () => {
    expect(tries({ canReplay: false })).toBe(false)
  })
})

describe('the pause before the same host is asked again', () => {
  it('is a part of 25 ms, then of 75 ms, by chance', () => {
    expect([0, 0.5, 0.999].map((chance) => retryPauseOf(0, 25, chance))).toEqual([0, 12, 24])
    expect([0, 0.5, 0.999].map((chance) => retryPauseOf(1, 25, chance))).toEqual([0, 37, 74])
  })
})
