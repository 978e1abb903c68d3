import { describe, expect, it } from 'vitest'
import type { Failure } from '@/lib/plan/failure'
import { type WaitLook, waitDone, waitingFor } from '@/lib/plan/waits/look'
import { waitUntil } from '@/lib/plan/waits/until'

const failure = (isPassing: boolean, code = 'Throttled'): Failure => ({
  error: { code, message: 'AWS said no.', remedy: 'Wait.' },
  requestId: null,
  maybeDone: false,
  isPassing,
})

/** Waits through these looks, the last one again and again, in a time that passes only by sleeping. */
async function through(looks: readonly (WaitLook | Error)[], timeoutMs = 60_000, fails = failure(true)) {
  let nowMs = 0
  let at = 0
  const slept: number[] = []
  const words: string[] = []
  const end = await waitUntil({
    look: () => {
      const look = looks[Math.min(at, looks.length - 1)] ?? waitDone
      at += 1
      return look instanceof Error ? Promise.reject(look) : Promise.resolve(look)
    },
    failureOf: () => fails,
    timeoutMs,
    pace: { firstMs: 100, longestMs: 400 },
    time: {
      now: () => nowMs,
      sleep: (ms) => {
        slept.push(ms)
        nowMs += ms
        return Promise.resolve()
      },
    },
    tell: (said) => words.push(said),
  })
  return { end, slept, words, looks: at, nowMs }
}

describe('a wait', () => {
  it('that is over at the first look sleeps not at all', async () => {
    expect(await through([waitDone])).toMatchObject({ end: { state: 'done' }, slept: [], words: [] })
  })

  it('looks ever more seldom, up to the longest pause', async () => {
    const { slept } = await through([...Array.from({ length: 6 }, () => waitingFor('it')), waitDone])
    expect(slept).toEqual([100, 150, 225, 337.5, 400, 400])
  })

  it('says what it waits for only when that changes', async () => {
    const { words } = await through([waitingFor('a'), waitingFor('a'), waitingFor('b'), waitDone])
    expect(words).toEqual(['a', 'b'])
  })

  it('gives what the last look gave', async () => {
    const { end } = await through([waitingFor('a'), { state: 'done', outputs: { namespaceId: 'ns-1' } }])
    expect(end).toEqual({ state: 'done', outputs: { namespaceId: 'ns-1' } })
  })

  it('ends when it will never be', async () => {
    const error = { code: 'Gone', message: 'It is gone.', remedy: 'Look.' }
    const { end } = await through([waitingFor('a'), { state: 'failed', error, nothingMade: true }])
    expect(end).toEqual({ state: 'failed', error, nothingMade: true })
  })

  it('outlasts a fault that passes, and says so', async () => {
    const { end, words } = await through([new Error('x'), new Error('x'), waitingFor('a'), waitDone])
    expect(end.state).toBe('done')
    expect(words).toEqual(['AWS to answer again (Throttled)', 'a'])
  })

  it('ends with a fault that does not pass', async () => {
    const { end, looks } = await through([new Error('x')], 60_000, failure(false, 'AccessDenied'))
    expect(end).toMatchObject({ state: 'failed', nothingMade: false, error: { code: 'AccessDenied' } })
    expect(looks).toBe(1)
  })

  it.each([
    [900_000, '15 minutes'],
    [120_000, '2 minutes'],
    [60_000, '1 minute:'],
    [20_000, '20 seconds'],
    [1_000, '1 second:'],
  ])('of %i ms that is never over says how long it was, and for what', async (timeoutMs, span) => {
    const { end, nowMs } = await through([waitingFor('two tasks')], timeoutMs)
    expect(end).toMatchObject({ state: 'failed', nothingMade: false, error: { code: 'WaitTimedOut' } })
    expect(end.state === 'failed' && end.error.message).toContain(`not done after ${span}`)
    expect(end.state === 'failed' && end.error.message).toContain('still waiting for two tasks')
    expect(nowMs).toBeLessThanOrEqual(timeoutMs)
  })

  it('looks once even when there is no time', async () => {
    expect(await through([waitDone], 0)).toMatchObject({ end: { state: 'done' }, looks: 1 })
    expect(await through([waitingFor('a')], 0)).toMatchObject({ end: { state: 'failed' }, looks: 1 })
  })
})
