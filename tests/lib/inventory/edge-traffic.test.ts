import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Figures, type Look, type PairMemory, readPair } from '@/lib/inventory/edge-traffic'
import type { Figure, Pair } from '@/lib/inventory/traffic-queries'

const MINUTE = 60_000
const SECOND = 1_000
/** The start of a minute. */
const START = 1_700_000_040_000

const pair: Pair = {
  key: 'k',
  clusterName: 'default',
  serviceName: 'web',
  targetDiscoveryName: 'users',
  metrics: new Set(),
}

/** Values by figure, told by the number of the minute after START. */
const figures = (told: Partial<Record<Figure, Readonly<Record<number, number>>>>): Figures =>
  new Map(
    (Object.entries(told) as [Figure, Record<number, number>][]).map(([figure, values]) => [
      figure,
      new Map(Object.entries(values).map(([minute, value]) => [START + Number(minute) * MINUTE, value])),
    ]),
  )

/** A console at the local cloud that looks every 5 s. */
function live() {
  let memory: PairMemory | null = null
  let lastLookMs: number | null = null
  return {
    look(atMs: number, told: Parameters<typeof figures>[0]) {
      const look: Look = { nowMs: START + atMs, lastLookMs, isLive: true }
      memory = readPair(pair, figures(told), memory ?? undefined, look)
      lastLookMs = look.nowMs
      return memory?.traffic ?? null
    },
    idle(atMs: number) {
      lastLookMs = START + atMs
    },
  }
}

const atAws = (atMs: number, told: Parameters<typeof figures>[0], memory?: PairMemory) =>
  readPair(pair, figures(told), memory, { nowMs: START + atMs, lastLookMs: null, isLive: false })

describe('traffic as the local cloud counts it', () => {
  it('is nothing before the first call', () => {
    expect(live().look(30 * SECOND, {})).toBeNull()
    expect(live().look(30 * SECOND, { ok: { 0: 0 } })).toBeNull()
  })

  it('has a rate at the first sight of it', () => {
    const console_ = live()
    console_.idle(30 * SECOND)
    expect(console_.look(35 * SECOND, { ok: { 0: 50 } })?.requestsPerSecond).toBe(10)
  })

  it('reckons by the minute under way when it was there before the console', () => {
    expect(live().look(30 * SECOND, { ok: { [-1]: 600, 0: 300 } })?.requestsPerSecond).toBe(10)
  })

  it.each([
    [1 * SECOND, 2],
    [5 * SECOND, 10],
  ])('of a minute %d ms old is not blown up', (atMs, calls) => {
    expect(live().look(atMs, { ok: { 0: calls } })?.requestsPerSecond).toBe(calls / 5)
  })

  it.each([1, 10, 33, 200])('shows a steady stream of %d/s as that, across minutes', (rate) => {
    const console_ = live()
    const startMs = 17 * SECOND
    console_.idle(startMs)
    for (let atMs = startMs + 5 * SECOND; atMs <= 200 * SECOND; atMs += 5 * SECOND) {
      const told: Record<number, number> = {}
      for (let second = startMs / SECOND; second < atMs / SECOND; second++)
        told[Math.floor(second / 60)] = (told[Math.floor(second / 60)] ?? 0) + rate
      expect(console_.look(atMs, { ok: told })?.requestsPerSecond).toBeCloseTo(rate, 6)
    }
  })

  it('falls to 0 within half a minute when the calls end', () => {
    const console_ = live()
    console_.idle(0)
    console_.look(5 * SECOND, { ok: { 0: 50 } })
    const rates = [10, 20, 30, 40].map(
      (at) => console_.look(at * SECOND, { ok: { 0: 50 } })?.requestsPerSecond ?? -1,
    )
    expect(rates[0]).toBe(5)
    expect(rates[3]).toBe(0)
  })

  it('remembers when it was first and last seen', () => {
    const console_ = live()
    console_.idle(0)
    console_.look(5 * SECOND, { ok: { 0: 50 } })
    console_.look(10 * SECOND, { ok: { 0: 60 } })
    const silent = console_.look(130 * SECOND, { ok: { 0: 60 } })
    expect(silent).toMatchObject({
      requestsPerSecond: 0,
      errorShare: null,
      p50Ms: null,
      p95Ms: null,
      firstSeenMs: START,
      lastSeenMs: START + 10 * SECOND,
    })
    expect(console_.look(135 * SECOND, { ok: { 0: 60, 2: 5 } })).toMatchObject({
      firstSeenMs: START,
      lastSeenMs: START + 135 * SECOND,
    })
  })

  it('of before the console started was last seen in its last minute', () => {
    expect(live().look(600 * SECOND, { ok: { 0: 5, 1: 5 } })).toMatchObject({
      requestsPerSecond: 0,
      firstSeenMs: START,
      lastSeenMs: START + 2 * MINUTE,
    })
  })

  it.each([
    [{ ok: { 0: 90 }, failed: { 0: 10 } }, 0.1],
    [{ ok: { 0: 90 } }, 0],
    [{ failed: { 0: 10 } }, 1],
    [{ ok: { 0: 50 }, redirected: { 0: 20 }, refused: { 0: 20 }, failed: { 0: 10 } }, 0.1],
    [{ answered: { 0: 10 } }, null],
    [{ called: { 0: 10 } }, null],
    [{ bytes: { 0: 10 } }, null],
  ])('%j has the error share %j', (told, errorShare) => {
    const console_ = live()
    console_.idle(0)
    expect(console_.look(10 * SECOND, told)?.errorShare).toBe(errorShare)
  })

  it('forgets errors of minutes ago', () => {
    const console_ = live()
    console_.idle(0)
    console_.look(10 * SECOND, { failed: { 0: 10 } })
    const later = console_.look(190 * SECOND, { failed: { 0: 10 }, ok: { 2: 5, 3: 5 } })
    expect(later?.errorShare).toBe(0)
  })

  it('tells the newest response times', () => {
    const console_ = live()
    console_.idle(55 * SECOND)
    const told = console_.look(65 * SECOND, {
      ok: { 0: 5, 1: 5 },
      p50: { 0: 9, 1: 3 },
      p95: { 0: 90 },
    })
    expect(told).toMatchObject({ p50Ms: 3, p95Ms: 90 })
  })

  it('of plain TCP is bytes', () => {
    const console_ = live()
    console_.idle(0)
    expect(console_.look(5 * SECOND, { bytes: { 0: 5_000 } })).toMatchObject({
      requestsPerSecond: 0,
      bytesPerSecond: 1_000,
    })
  })

  it('of HTTP has no bytes', () => {
    expect(live().look(5 * SECOND, { ok: { 0: 5 } })?.bytesPerSecond).toBeNull()
  })

  it('tells of now after nobody looked for an hour', () => {
    const console_ = live()
    console_.idle(0)
    console_.look(5 * SECOND, { ok: { 0: 50 } })
    expect(console_.look(3_630 * SECOND, { ok: { 58: 600, 59: 600, 60: 300 } })).toMatchObject({
      requestsPerSecond: 10,
      firstSeenMs: START,
    })
  })

  it('is silent after nobody looked for an hour and nothing came of late', () => {
    const console_ = live()
    console_.idle(0)
    console_.look(5 * SECOND, { ok: { 0: 50 } })
    expect(console_.look(3_630 * SECOND, { ok: { 55: 600 } })).toMatchObject({ requestsPerSecond: 0 })
  })

  it('does not run backwards when the cloud was emptied meanwhile', () => {
    const console_ = live()
    console_.idle(0)
    console_.look(5 * SECOND, { ok: { 0: 500 } })
    const after = console_.look(10 * SECOND, { ok: { 0: 5 } })
    expect(after?.requestsPerSecond).toBeGreaterThanOrEqual(0)
  })
})

describe('traffic as AWS counts it', () => {
  it.each([
    [90 * SECOND, { ok: { 0: 600 } }, 10],
    [65 * SECOND, { ok: { 0: 600, 1: 3 } }, 10],
    [4 * MINUTE, { ok: { 0: 600, 2: 120 } }, 2],
    [59 * SECOND, { ok: { 0: 600 } }, 0],
    [7 * MINUTE, { ok: { 0: 600 } }, 0],
    [3 * MINUTE, { ok: { 0: 600, 1: 0 } }, 0],
  ])('%d ms on, %j is %d/s', (atMs, told, rate) => {
    expect(atAws(atMs, told)?.traffic.requestsPerSecond).toBe(rate)
  })

  it('takes errors and times of the same minute as the rate', () => {
    const told = atAws(130 * SECOND, {
      ok: { 0: 50, 1: 30 },
      failed: { 0: 50, 1: 10 },
      p50: { 0: 9, 1: 4 },
      p95: { 0: 9, 1: 8 },
    })
    expect(told?.traffic).toMatchObject({ errorShare: 0.25, p50Ms: 4, p95Ms: 8 })
  })

  it('keeps when it was first seen, and moves when it was last seen', () => {
    const first = atAws(65 * SECOND, { ok: { 0: 6 } })
    expect(first?.traffic).toMatchObject({ firstSeenMs: START, lastSeenMs: START + MINUTE })
    const second = atAws(130 * SECOND, { ok: { 1: 6 } }, first ?? undefined)
    expect(second?.traffic).toMatchObject({ firstSeenMs: START, lastSeenMs: START + 2 * MINUTE })
    const silent = atAws(900 * SECOND, {}, second ?? undefined)
    expect(silent?.traffic).toMatchObject({
      firstSeenMs: START,
      lastSeenMs: START + 2 * MINUTE,
      requestsPerSecond: 0,
    })
  })

  it('is never last seen in the future', () => {
    expect(atAws(30 * SECOND, { ok: { 0: 6 } })?.traffic.lastSeenMs).toBe(START + 30 * SECOND)
  })
})

describe('whatever CloudWatch answers', () => {
  it('makes finite figures, and times in order', () => {
    const values = fc.dictionary(
      fc.integer({ min: -5, max: 5 }).map(String),
      fc.oneof(fc.double(), fc.nat(1_000)),
      { maxKeys: 6 },
    )
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ ok: values, failed: values, p50: values, bytes: values }, { requiredKeys: [] }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        fc.boolean(),
        (looks, isLive) => {
          let memory: PairMemory | null = null
          let lastLookMs: number | null = null
          for (const [index, told] of looks.entries()) {
            const nowMs = START + index * 5 * SECOND
            memory = readPair(pair, figures(told), memory ?? undefined, { nowMs, lastLookMs, isLive })
            lastLookMs = nowMs
            if (!memory) continue
            const { requestsPerSecond, errorShare, bytesPerSecond } = memory.traffic
            for (const value of [requestsPerSecond, errorShare ?? 0, bytesPerSecond ?? 0])
              expect(Number.isFinite(value) && value >= 0).toBe(true)
            expect(errorShare ?? 0).toBeLessThanOrEqual(1)
          }
        },
      ),
    )
  })
})
