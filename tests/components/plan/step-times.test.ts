import { describe, expect, it } from 'vitest'
import { stepTime, waitingSentence } from '@/components/plan/step-times'
import { stepRun } from '../../support/made-up-runs'

describe('the times of a step', () => {
  it('are how long it took, once it is over', () => {
    expect(stepTime(stepRun('a', { state: 'done', startedAtMs: 1_000, finishedAtMs: 3_400 }), 99_000)).toBe(
      '2.4 s',
    )
  })

  it('are how long it has been at it, while it is', () => {
    expect(stepTime(stepRun('a', { state: 'waiting', startedAtMs: 1_000 }), 13_900)).toBe('12 s')
  })

  it('are how long it has been taken back for, not how long it stood there', () => {
    const undoing = stepRun('a', { state: 'undoing', startedAtMs: 1_000, sinceMs: 60_000 })
    expect(stepTime(undoing, 62_500)).toBe('2.5 s')
    expect(stepTime({ ...undoing, finishedAtMs: 3_000 }, 62_500)).toBe('2.5 s')
  })

  it('are none before it began, and stand still where nothing goes on', () => {
    expect(stepTime(stepRun('a'), 5_000)).toBe(null)
    expect(stepTime(stepRun('a', { state: 'undone', startedAtMs: 1, finishedAtMs: 9 }), 10)).toBe(null)
    expect(stepTime(stepRun('a', { state: 'unknown', startedAtMs: 1_000 }), 5_000)).toBe(null)
  })

  it('say what is waited for and since when', () => {
    const step = stepRun('a', { state: 'waiting', waitingFor: 'both tasks of web to run', sinceMs: 2_000 })
    expect(waitingSentence(step, 6_000)).toBe('waiting for both tasks of web to run · 4.0 s')
    expect(waitingSentence({ ...step, state: 'failed' }, 6_000)).toBe(null)
  })
})
