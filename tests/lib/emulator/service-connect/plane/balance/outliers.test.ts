import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  freshRecord,
  type HostRecord,
  isAvoided,
} from '@/lib/emulator/service-connect/plane/balance/outliers'
import { defaultSettings } from '@/lib/emulator/service-connect/plane/settings'

const fail = (record: HostRecord, atMs: number, mayAvoid = true) =>
  afterFailure(record, atMs, defaultSettings, mayAvoid)
const failTimes = (record: HostRecord, times: number, fromMs: number, everyMs = 1, mayAvoid = true) => {
  let after = record
  for (let count = 0; count < times; count++) after = fail(after, fromMs + count * everyMs, mayAvoid)
  return after
}

describe('a host is avoided', () => {
  it('after five failed connections within 30 s, for 30 s', () => {
    const four = failTimes(freshRecord, 4, 1_000)
    expect(isAvoided(four, 1_004)).toBe(false)
    const five = fail(four, 2_000)
    expect(isAvoided(five, 2_000)).toBe(true)
    expect(isAvoided(five, 31_999)).toBe(true)
    expect(isAvoided(five, 32_000)).toBe(false)
  })

  it('not for failures that lie further apart', () => {
    expect(isAvoided(failTimes(freshRecord, 50, 0, 7_501), 375_050)).toBe(false)
    expect(isAvoided(failTimes(freshRecord, 5, 0, 7_000), 28_001)).toBe(true)
  })

  it('longer each time, up to 300 s', () => {
    let record = freshRecord
    let nowMs = 1_000
    const lengths: number[] = []
    for (let time = 0; time < 12; time++) {
      record = failTimes(record, 5, nowMs)
      lengths.push((record.avoidedUntilMs - nowMs - 4) / 1_000)
      nowMs = record.avoidedUntilMs
    }
    expect(lengths).toEqual([30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300])
  })

  it('as the first time again when it did well for long', () => {
    let record = failTimes(freshRecord, 5, 0)
    record = failTimes(record, 5, record.avoidedUntilMs)
    expect(record.timesAvoided).toBe(2)
    record = failTimes(record, 5, record.avoidedUntilMs + 2 * 300_000)
    expect(record.timesAvoided).toBe(1)
  })

  it('never when no other host would be left', () => {
    const record = failTimes(freshRecord, 100, 0, 1, false)
    expect(isAvoided(record, 100)).toBe(false)
  })

  it('at the next failure once another host is back', () => {
    const record = failTimes(freshRecord, 100, 0, 1, false)
    expect(isAvoided(fail(record, 101), 101)).toBe(true)
  })

  it('not longer for failures while it is avoided already', () => {
    const record = failTimes(freshRecord, 5, 0)
    expect(failTimes(record, 20, 10).avoidedUntilMs).toBe(record.avoidedUntilMs)
  })

  test.prop([fc.array(fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.boolean()), { maxLength: 200 })])(
    'whatever happens: 30 s at least, 300 s at most, and it remembers no more than it needs',
    (events) => {
      let record = freshRecord
      let nowMs = 0
      for (const [gapMs, mayAvoid] of events) {
        nowMs += gapMs
        const before = record
        record = fail(record, nowMs, mayAvoid)
        expect(record.failuresMs.length).toBeLessThanOrEqual(5)
        if (isAvoided(record, nowMs) && !isAvoided(before, nowMs)) {
          expect(mayAvoid).toBe(true)
          expect(record.avoidedUntilMs - nowMs).toBeGreaterThanOrEqual(30_000)
          expect(record.avoidedUntilMs - nowMs).toBeLessThanOrEqual(300_000)
        }
      }
    },
  )
})
