import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { draw } from '@/lib/probe/bucket'
import { type BudgetLimits, budgetLimits, makeBudget } from '@/lib/probe/budget'

const makeClocked = (limits: BudgetLimits = budgetLimits) => {
  let ms = 0
  return {
    budget: makeBudget(limits, () => ms),
    advance: (by: number) => {
      ms += by
    },
  }
}

const refusalCode = (turn: ReturnType<ReturnType<typeof makeBudget>['begin']>) => turn.refusal?.code ?? null

/** Begins a run and ends it at once. */
const press = (budget: ReturnType<typeof makeBudget>, session: string, calls = 1) => {
  const turn = budget.begin(session, calls)
  if (turn.refusal === null) turn.end()
  return refusalCode(turn)
}

describe('a bucket', () => {
  const size = { capacity: 10, perSecond: 5 }

  test('is full at first, and says when there will be enough again', () => {
    const first = draw(undefined, size, 10, 0)
    expect(first.granted).toBe(true)
    expect(draw(first.bucket, size, 1, 0)).toMatchObject({ granted: false, retryAfterMs: 200 })
    expect(draw(first.bucket, size, 1, 200).granted).toBe(true)
  })

  test('never holds more than its capacity', () => {
    const rested = draw({ tokens: 0, atMs: 0 }, size, 10, 3_600_000)
    expect(rested.bucket.tokens).toBe(0)
  })

  test('is not emptied by a clock that goes back', () => {
    expect(draw({ tokens: 5, atMs: 1000 }, size, 5, 0).granted).toBe(true)
  })

  property.prop([fc.array(fc.record({ wait: fc.nat(2000), amount: fc.integer({ min: 1, max: 10 }) }))])(
    'never gives more than its burst plus its rate',
    (draws) => {
      let nowMs = 0
      let given = 0
      let bucket: Parameters<typeof draw>[0]
      for (const { wait, amount } of draws) {
        nowMs += wait
        const drawn = draw(bucket, size, amount, nowMs)
        bucket = drawn.bucket
        if (drawn.granted) given += amount
        expect(given).toBeLessThanOrEqual(size.capacity + (nowMs * size.perSecond) / 1000 + 1e-6)
      }
    },
  )
})

describe('the budget of calls', () => {
  test('does not hinder a person: ten clicks at once, then five a second', () => {
    const { budget, advance } = makeClocked()
    for (let click = 0; click < 10; click += 1) expect(press(budget, 'a')).toBeNull()
    for (let click = 0; click < 50; click += 1) {
      advance(200)
      expect(press(budget, 'a')).toBeNull()
    }
  })

  test('lets Call ×500 be pressed several times in a row', () => {
    const { budget } = makeClocked()
    for (let click = 0; click < 4; click += 1) expect(press(budget, 'a', 500)).toBeNull()
  })

  test('says when to try again to somebody too fast', () => {
    const { budget } = makeClocked()
    for (let click = 0; click < 10; click += 1) press(budget, 'a')
    const turn = budget.begin('a', 1)
    expect(turn.refusal).toMatchObject({ code: 'TooFast', retryAfterMs: 200 })
    expect(turn.refusal?.remedy).toContain('Wait 1 s')
  })

  test('holds a load generator to its rate', () => {
    const { budget, advance } = makeClocked()
    let calls = 0
    for (let second = 0; second < 60; second += 1) {
      for (let click = 0; click < 20; click += 1) if (press(budget, 'a', 500) === null) calls += 500
      advance(1000)
    }
    expect(calls).toBeLessThanOrEqual(2_000 + 60 * 100)
    expect(calls).toBeGreaterThanOrEqual(2_000 + 59 * 100 - 500)
  })

  test('allows four runs at once per session and sixteen in all', () => {
    const { budget } = makeClocked()
    const turns = ['a', 'b', 'c', 'd'].flatMap((session) => [1, 2, 3, 4].map(() => budget.begin(session, 1)))
    expect(turns.map(refusalCode)).toEqual(Array.from({ length: 16 }, () => null))
    expect(refusalCode(budget.begin('a', 1))).toBe('TooManyRunsOfYours')
    expect(refusalCode(budget.begin('e', 1))).toBe('TooManyRuns')
    for (const turn of turns.slice(0, 4)) if (turn.refusal === null) turn.end()
    expect(refusalCode(budget.begin('a', 1))).toBeNull()
    expect(refusalCode(budget.begin('e', 1))).toBeNull()
  })

  test('gives a place back once, even if it is ended twice', () => {
    const { budget } = makeClocked({ ...budgetLimits, runsAtOnce: 2 })
    const first = budget.begin('a', 1)
    const second = budget.begin('b', 1)
    if (first.refusal !== null || second.refusal !== null) throw new Error('refused')
    first.end()
    first.end()
    expect(refusalCode(budget.begin('c', 1))).toBeNull()
    expect(refusalCode(budget.begin('d', 1))).toBe('TooManyRuns')
  })

  test('keeps sessions apart', () => {
    const { budget } = makeClocked()
    for (let click = 0; click < 11; click += 1) press(budget, 'a')
    expect(press(budget, 'a')).toBe('TooFast')
    expect(press(budget, 'b')).toBeNull()
  })

  test('ten clients of a thousand clicks each reach the services with no more than their budget', () => {
    const { budget, advance } = makeClocked()
    let calls = 0
    for (let click = 0; click < 1000; click += 1) {
      for (let client = 0; client < 10; client += 1)
        if (press(budget, `client ${client}`, 20) === null) calls += 20
      advance(10)
    }
    // Ten seconds of five runs a second, and ten runs to begin with, for each of ten clients.
    expect(calls).toBeLessThanOrEqual(10 * (10 + 50) * 20)
  })

  test('does not grow with sessions that come and go', () => {
    const { budget } = makeClocked()
    const held = budget.begin('held', 1)
    for (let session = 0; session < 5_000; session += 1) expect(press(budget, `s${session}`)).toBeNull()
    // The one that still runs was not forgotten.
    for (let more = 0; more < 3; more += 1) budget.begin('held', 1)
    expect(refusalCode(budget.begin('held', 1))).toBe('TooManyRunsOfYours')
    if (held.refusal === null) held.end()
  })
})
