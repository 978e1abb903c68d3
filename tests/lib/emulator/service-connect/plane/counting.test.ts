import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { Counter } from '@/lib/emulator/service-connect/plane/counter'
import { boundOf, ResponseTimes } from '@/lib/emulator/service-connect/plane/response-times'

describe('response times', () => {
  it('are counted by intervals that grow by a tenth', () => {
    const times = new ResponseTimes()
    for (const ms of [0.05, 0.1, 0.105, 0.11, 1, 1, 250]) times.add(ms)
    const { counts, sumMs } = times.take()
    expect(sumMs).toBeCloseTo(252.365)
    expect(counts.slice(0, 2)).toEqual([
      [0.1, 2],
      [0.11, 2],
    ])
    expect(counts.map(([, count]) => count)).toEqual([2, 2, 2, 1])
    expect(times.take()).toEqual({ counts: [], sumMs: 0 })
  })

  test.prop([fc.double({ min: 0.1, max: 1e6, noNaN: true })])(
    'lie within a tenth below their bound',
    (ms) => {
      const bound = boundOf(ms)
      expect(bound).toBeGreaterThanOrEqual(ms * 0.99999)
      expect(bound).toBeLessThanOrEqual(ms * 1.10001)
    },
  )

  test.prop([fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 300 })])(
    'are all counted, lowest first, in few intervals',
    (all) => {
      const times = new ResponseTimes()
      for (const ms of all) times.add(ms)
      const { counts } = times.take()
      expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(all.length)
      expect(counts.map(([bound]) => bound)).toEqual(counts.map(([bound]) => bound).toSorted((a, b) => a - b))
      expect(counts.length).toBeLessThan(150)
    },
  )

  it('of nonsense count as the shortest', () => {
    expect([boundOf(Number.NaN), boundOf(-1), boundOf(0)]).toEqual([0.1, 0.1, 0.1])
  })
})

describe('a report', () => {
  const of = { taskId: 'task-1', side: 'inbound', discoveryName: 'user-svc' } as const

  it('tells what was counted since the last one, and is left out when that is nothing', () => {
    const counter = new Counter(of)
    expect(counter.take()).toBeUndefined()
    counter.opened()
    counter.requests += 2
    counter.grpcRequests++
    counter.status(200)
    counter.status(204)
    counter.status(503)
    counter.status(101)
    counter.bytesIn += 10
    counter.bytesOut += 20
    counter.times.add(5)
    expect(counter.take()).toMatchObject({
      ...of,
      requests: 2,
      grpcRequests: 1,
      statusClasses: { 2: 2, 5: 1 },
      newConnections: 1,
      activeConnections: 1,
      bytesIn: 10,
      bytesOut: 20,
      responseTimeSumMs: 5,
    })
    expect(counter.take()).toBeUndefined()
  })

  it('comes once more when a connection has gone', () => {
    const counter = new Counter(of)
    counter.opened()
    counter.take()
    counter.closed()
    expect(counter.take()).toMatchObject({ activeConnections: 0, newConnections: 0, statusClasses: {} })
    expect(counter.take()).toBeUndefined()
  })
})
