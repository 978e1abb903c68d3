import { describe, expect, it } from 'vitest'
import { lookedUp } from '@/lib/plan/looked-up'
import { runNow, tellingReader } from '../../support/told-runner'

const never = new AbortController().signal

describe('a run for whoever opens its page', () => {
  it('is none when there is none', async () => {
    expect(await lookedUp(tellingReader(null, []), 'run-1', never)).toBeNull()
  })

  it.each([
    ['rests', runNow(3, false, 'unknown')],
    ['is under way: its news come later', runNow(3, true, 'running')],
    ['is being undone', runNow(3, true, 'undoing')],
  ])('is given at once when it %s', async (_what, now) => {
    const reader = tellingReader(now, [])
    expect(await lookedUp(reader, 'run-1', never)).toBe(now)
    expect(reader.asked()).toEqual([])
  })

  it('is given when the look-up of its lost answer is over', async () => {
    const found = runNow(5, false, 'done')
    const reader = tellingReader(runNow(3, true, 'unknown'), [runNow(4, true, 'unknown'), found])
    expect(await lookedUp(reader, 'run-1', never)).toBe(found)
    expect(reader.asked()).toEqual([3, 4])
  })

  it('is given as it is known when the reader has gone', async () => {
    const gone = new AbortController()
    const now = runNow(3, true, 'unknown')
    const seen = lookedUp(tellingReader(now, []), 'run-1', gone.signal)
    gone.abort()
    expect(await seen).toBe(now)
  })
})
