import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterChunk, afterLines, startingOutput } from '@/lib/emulator/runtime/output-budget'

const budget = { keptBytesPerSecond: 1000, burstBytes: 5000, readBytesPerSecond: 10_000 }

describe('output within the budget', () => {
  it('is kept without a pause', () => {
    const first = afterChunk(startingOutput(budget, 0), 100, 0, budget)
    expect(first).toMatchObject({ keep: true, pauseMs: 0 })
  })

  it('may come in a burst after a quiet time', () => {
    const first = afterChunk(startingOutput(budget, 0), 5000, 0, budget)
    expect(first.keep).toBe(true)
    expect(afterChunk(first.state, 1, 0, budget).keep).toBe(false)
    expect(afterChunk(first.state, 1000, 1000, budget).keep).toBe(true)
    expect(afterChunk(first.state, 5000, 60_000, budget).keep).toBe(true)
    expect(afterChunk(first.state, 5001, 60_000, budget).keep).toBe(false)
  })

  it('counts what a log event costs besides its text', () => {
    const state = afterLines(startingOutput(budget, 0), 190)
    expect(afterChunk(state, 60, 0, budget).keep).toBe(true)
    expect(afterChunk(state, 61, 0, budget).keep).toBe(false)
  })
})

describe('output beyond it', () => {
  it('makes its container wait in proportion', () => {
    expect(afterChunk(startingOutput(budget, 0), 5000, 0, budget).pauseMs).toBe(500)
  })

  it('does not stop for moments too short to matter', () => {
    expect(afterChunk(startingOutput(budget, 0), 190, 0, budget).pauseMs).toBe(0)
  })

  it('is forgiven with time, and a clock that goes back gives nothing away', () => {
    const { state } = afterChunk(startingOutput(budget, 1000), 5000, 1000, budget)
    expect(afterChunk(state, 10, 1500, budget).pauseMs).toBe(0)
    expect(afterChunk(state, 1, 0, budget).keep).toBe(false)
  })
})

it('never keeps more than the burst and the rate allow', () => {
  const chunks = fc.array(fc.tuple(fc.nat(3000), fc.nat(500)), { maxLength: 60 })
  fc.assert(
    fc.property(chunks, (all) => {
      let state = startingOutput(budget, 0)
      let nowMs = 0
      let kept = 0
      for (const [bytes, laterMs] of all) {
        nowMs += laterMs
        const next = afterChunk(state, bytes, nowMs, budget)
        state = next.state
        if (next.keep) kept += bytes
      }
      expect(kept).toBeLessThanOrEqual(budget.burstBytes + (nowMs * budget.keptBytesPerSecond) / 1000)
    }),
  )
})
