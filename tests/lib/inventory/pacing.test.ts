import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inBatches } from '@/lib/inventory/batch'
import { bucketOf } from '@/lib/inventory/call-budget'
import { makePace, startCycle } from '@/lib/inventory/cycle'
import { makeMemory } from '@/lib/inventory/memory'
import type { Hole } from '@/lib/inventory/model'
import { type LastReading, nextWaitMs } from '@/lib/inventory/next-wait'
import { makeTokenBucket } from '@/lib/inventory/token-bucket'
import { targetFromEnv } from '@/lib/target/settings'

const local = targetFromEnv({})
const aws = targetFromEnv({ SWITCHBOARD_TARGET: 'aws', SWITCHBOARD_REGION: 'us-east-1' })

describe('batches', () => {
  it('hold everything in order, none larger than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 7 }), (items, size) => {
        const batches = inBatches(items, size)
        expect(batches.flat()).toEqual(items)
        expect(batches).toHaveLength(Math.ceil(items.length / size))
        for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(size)
      }),
    )
  })
})

describe('a token bucket', () => {
  it('lets a burst pass and then its rate', () => {
    const bucket = makeTokenBucket({ burst: 2, perSecond: 10 })
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 100, 200])
    expect(bucket.take(10_000)).toBe(0)
  })

  it('never lets more pass in any stretch of time than burst and rate allow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (gaps, burst, perSecond) => {
          const bucket = makeTokenBucket({ burst, perSecond })
          let now = 0
          const passes = gaps.map((gap) => {
            now += gap
            return now + bucket.take(now)
          })
          for (const [first, start] of passes.entries())
            for (const [last, end] of passes.entries()) {
              if (last < first) continue
              const allowed = burst + ((end - start) / 1_000) * perSecond
              expect(last - first + 1).toBeLessThanOrEqual(allowed + 1.001)
            }
        },
      ),
    )
  })

  it('does not starve when the clock jumps back', () => {
    const bucket = makeTokenBucket({ burst: 1, perSecond: 1 })
    bucket.take(1_000_000)
    expect(bucket.take(0)).toBeLessThanOrEqual(1_000)
  })
})

describe('the pace of calls', () => {
  const clock = () => {
    let now = 0
    const slept: number[] = []
    return {
      slept,
      time: {
        now: () => now,
        sleep: async (ms: number) => {
          slept.push(ms)
          now += ms
        },
      },
    }
  }

  it('stays at half of every bucket of AWS', () => {
    expect(bucketOf('ecs:DescribeServices')).toMatchObject({ burst: 50, perSecond: 10 })
    expect(bucketOf('ecs:ListServices')).toBe(bucketOf('ecs:DescribeServices'))
    expect(bucketOf('ecs:ListTasks')).toBe(bucketOf('ecs:DescribeTasks'))
    expect(bucketOf('ecs:ListClusters')).toMatchObject({ burst: 25, perSecond: 10 })
    expect(bucketOf('servicediscovery:DiscoverInstances').perSecond).toBe(500)
    expect(bucketOf('something:New').perSecond).toBeLessThanOrEqual(5)
  })

  it('waits for the bucket on AWS, and not elsewhere', async () => {
    for (const [settings, waits] of [
      [aws, 10],
      [local, 0],
    ] as const) {
      const { slept, time } = clock()
      const pace = makePace(settings.kind, time)
      await Promise.all(
        Array.from({ length: 60 }, () => pace.run('ecs:DescribeServices', async () => undefined)),
      )
      expect(slept).toHaveLength(waits)
    }
  })

  it('keeps few calls in flight', async () => {
    const { time } = clock()
    const pace = makePace('local', time)
    let inFlight = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 200 }, () =>
        pace.run('x', async () => {
          inFlight += 1
          most = Math.max(most, inFlight)
          await Promise.resolve()
          inFlight -= 1
        }),
      ),
    )
    expect(most).toBeLessThanOrEqual(24)
    expect(most).toBeGreaterThan(1)
  })

  const cycleOf = () => startCycle(local, makePace('local', clock().time), clock().time)

  it('follows tokens over empty pages to the end', async () => {
    const pages = [
      { items: [1], token: 'a' },
      { items: [], token: 'b' },
      { items: [2, 3], token: undefined },
    ]
    const cycle = cycleOf()
    const read = await cycle.pages(
      'op',
      null,
      async () => pages.shift() ?? { items: [9], token: undefined },
      (page) => page,
    )
    expect(read).toEqual({ items: [1, 2, 3], hole: null })
    expect(cycle.calls()).toBe(3)
  })

  it('stops at a token that comes again', async () => {
    const cycle = cycleOf()
    const read = await cycle.pages(
      'op',
      null,
      async () => ({ items: [1], token: 'same' }),
      (page) => page,
    )
    expect(read.items).toEqual([1, 1])
  })

  it('keeps the pages before the one that failed', async () => {
    let page = 0
    const read = await cycleOf().pages(
      'ecs:ListTasks',
      'cluster x',
      async () => {
        page += 1
        if (page === 2) throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })
        return { items: [page], token: 'next' }
      },
      (one) => one,
    )
    expect(read).toMatchObject({
      items: [1],
      hole: { operation: 'ecs:ListTasks', subject: 'cluster x', kind: 'throttled' },
    })
  })
})

describe('what was known before', () => {
  const hole = (kind: Hole['kind']): Hole => ({
    operation: 'x',
    subject: null,
    kind,
    errorName: 'E',
    message: '',
    remedy: '',
    sinceMs: 0,
  })

  it('stays through a failure that passes', () => {
    for (const kind of ['throttled', 'expired', 'unreachable', 'failed'] as const) {
      const memory = makeMemory<string>()
      memory.settle('a', 'old', null)
      expect(memory.settle('a', 'partial', hole(kind))).toEqual({ value: 'old', known: true })
    }
  })

  it('is forgotten when it is denied or not offered', () => {
    for (const kind of ['denied', 'unsupported'] as const) {
      const memory = makeMemory<string>()
      memory.settle('a', 'old', null)
      expect(memory.settle('a', 'nothing', hole(kind))).toEqual({ value: 'nothing', known: false })
      expect(memory.settle('a', 'nothing', hole('throttled'))).toEqual({ value: 'nothing', known: false })
    }
  })

  it('does not exist for what was never read', () => {
    expect(makeMemory<string>().settle('a', 'partial', hole('throttled'))).toEqual({
      value: 'partial',
      known: false,
    })
  })

  it('is swept when nobody asks for it any more', () => {
    const memory = makeMemory<string>()
    memory.settle('gone', 'old', null)
    memory.sweep()
    memory.sweep()
    expect(memory.settle('gone', 'new', hole('throttled')).known).toBe(false)
  })
})

describe('the wait before the next reading', () => {
  const last = (more: Partial<LastReading> = {}): LastReading => ({
    kind: 'local',
    intervalMs: 1_000,
    tookMs: 100,
    failures: 0,
    failureKind: null,
    throttledReadings: 0,
    isEager: false,
    chance: 0,
    ...more,
  })

  it.each<[string, Partial<LastReading>, number]>([
    ['fills the interval', {}, 900],
    ['rests a quarter of a long reading', { tookMs: 4_000 }, 1_000],
    ['is a little shorter by chance', { chance: 1 }, 800],
    ['doubles with failures', { failures: 2, failureKind: 'unreachable' }, 3_900],
    ['ends at five seconds for the local cloud', { failures: 9, failureKind: 'unreachable' }, 4_900],
    [
      'ends at a minute for AWS',
      { kind: 'aws', intervalMs: 10_000, failures: 9, failureKind: 'throttled' },
      59_900,
    ],
    ['stays one interval while credentials are expired', { failures: 9, failureKind: 'expired' }, 900],
    [
      'slows down when some calls are throttled',
      { kind: 'aws', intervalMs: 10_000, throttledReadings: 1 },
      19_900,
    ],
    ['is short after a change', { kind: 'aws', intervalMs: 10_000, isEager: true }, 1_900],
    [
      'is not short after a change while throttled',
      { kind: 'aws', intervalMs: 10_000, isEager: true, throttledReadings: 1 },
      19_900,
    ],
  ])('%s', (_name, more, ms) => {
    expect(nextWaitMs(last(more))).toBe(ms)
  })

  it('is never negative nor endless', () => {
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom('local' as const, 'endpoint' as const, 'aws' as const),
          intervalMs: fc.integer({ min: 250, max: 60_000 }),
          tookMs: fc.integer({ min: 0, max: 100_000 }),
          failures: fc.nat(1_000),
          failureKind: fc.constantFrom(null, 'throttled' as const, 'expired' as const),
          throttledReadings: fc.nat(1_000),
          isEager: fc.boolean(),
          chance: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        (one) => {
          const ms = nextWaitMs(one)
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThanOrEqual(60_000)
        },
      ),
    )
  })
})
