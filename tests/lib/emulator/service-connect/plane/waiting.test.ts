import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LazyTimer } from '@/lib/emulator/service-connect/plane/lazy-timer'
import { makeLineBuffer } from '@/lib/emulator/service-connect/plane/line-buffer'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('a deadline that moves', () => {
  const make = () => {
    let dueMs = Number.POSITIVE_INFINITY
    const fired: number[] = []
    const timer = new LazyTimer((nowMs) => {
      if (nowMs < dueMs) return dueMs
      fired.push(Math.round(nowMs))
      dueMs = Number.POSITIVE_INFINITY
      return dueMs
    })
    const start = performance.now()
    const setDue = (ms: number) => {
      dueMs = start + ms
      timer.ensure(dueMs)
    }
    return { timer, fired, setDue, start }
  }

  it('fires when it is reached', () => {
    const { fired, setDue, start } = make()
    setDue(100)
    vi.advanceTimersByTime(99)
    expect(fired).toEqual([])
    vi.advanceTimersByTime(2)
    expect(fired).toEqual([Math.round(start + 100)])
  })

  it('fires later when it has moved on, and is set no more often for that', () => {
    const { fired, setDue } = make()
    for (let ms = 100; ms <= 1_000; ms++) setDue(ms)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(999)
    expect(fired).toEqual([])
    vi.advanceTimersByTime(2)
    expect(fired).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('fires earlier when it has come nearer', () => {
    const { fired, setDue } = make()
    setDue(1_000)
    setDue(10)
    vi.advanceTimersByTime(11)
    expect(fired).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('never fires once it is stopped, or when there is none', () => {
    const { timer, fired, setDue } = make()
    timer.ensure(Number.POSITIVE_INFINITY)
    expect(vi.getTimerCount()).toBe(0)
    setDue(10)
    timer.stop()
    vi.advanceTimersByTime(1_000)
    expect(fired).toEqual([])
  })
})

describe('log lines of proxies', () => {
  it('travel together, in their order, each with its proxy', () => {
    const sent: [number, readonly string[]][] = []
    const buffer = makeLineBuffer((id, lines) => sent.push([id, lines]))
    buffer.add(1, ['a'])
    buffer.add(2, ['x'])
    buffer.add(1, ['b', 'c'])
    expect(sent).toEqual([])
    vi.advanceTimersByTime(50)
    expect(sent).toEqual([
      [1, ['a', 'b', 'c']],
      [2, ['x']],
    ])
    buffer.add(1, ['d'])
    vi.advanceTimersByTime(50)
    expect(sent.at(-1)).toEqual([1, ['d']])
  })

  it('are sent at once when a proxy ends', () => {
    const sent: [number, readonly string[]][] = []
    const buffer = makeLineBuffer((id, lines) => sent.push([id, lines]))
    buffer.add(1, ['last words'])
    buffer.flush(1)
    buffer.flush(1)
    vi.advanceTimersByTime(100)
    expect(sent).toEqual([[1, ['last words']]])
  })

  it('that are too many are left out, and that is told', () => {
    const sent: (readonly string[])[] = []
    const buffer = makeLineBuffer((_id, lines) => sent.push(lines))
    for (let count = 0; count < 5_000; count++) buffer.add(1, [`line ${count}`])
    vi.advanceTimersByTime(50)
    expect(sent[0]).toHaveLength(2_001)
    expect(sent[0]?.at(-1)).toBe('[warning] 3000 lines left out: too many at once')
  })
})
