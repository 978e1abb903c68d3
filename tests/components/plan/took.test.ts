import { describe, expect, it } from 'vitest'
import { tookWords } from '@/components/plan/took'

const at = (state: Parameters<typeof tookWords>[0]['state'], finishedAtMs: number | null) =>
  tookWords({ state, startedAtMs: 1_000, finishedAtMs }, 61_000)

describe('how long a plan took', () => {
  it('is from its start to its end, exact while that is short', () => {
    expect(at('done', 1_004)).toEqual({ lead: 'took', time: '4 ms' })
    expect(at('failed', 3_400)).toEqual({ lead: 'took', time: '2.4 s' })
  })
  it('goes on while it runs', () =>
    expect(at('running', null)).toEqual({ lead: 'running for', time: '1 min' }))
  it('is not told of what was taken back later, was never sent, or stopped nobody knows when', () => {
    for (const state of ['undone', 'undo failed', 'stale'] as const) expect(at(state, 3_600_000)).toBeNull()
    expect(at('undoing', null)).toBeNull()
    expect(at('interrupted', null)).toBeNull()
  })
})
