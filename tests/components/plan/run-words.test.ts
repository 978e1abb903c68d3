import { describe, expect, it } from 'vitest'
import {
  describeRun,
  progressOf,
  runTones,
  runWords,
  stepTones,
  stepWords,
} from '@/components/plan/run-words'
import { madeUpRun, threeStepPlan } from '../../support/made-up-runs'

const done = { state: 'done', made: true } as const

describe('the words for a run', () => {
  it('say which step is under way', () => {
    expect(describeRun(madeUpRun({}, done, { state: 'waiting' }))).toBe('Step 2 of 3 is under way.')
  })

  it('say that it looks before it sends', () => {
    expect(describeRun(madeUpRun())).toBe('Looking at the world before the first step.')
    expect(describeRun(madeUpRun({}, done))).toBe('Step 2 of 3 comes next.')
  })

  it('say where it stopped, what is done and that nothing after it was sent', () => {
    expect(describeRun(madeUpRun({ state: 'failed' }, done, { state: 'failed' }))).toBe(
      'Stopped at step 2 of 3. 1 step before it is done; nothing after it was sent.',
    )
    expect(describeRun(madeUpRun({ state: 'failed' }, done, done, { state: 'failed' }))).toContain(
      '2 steps before it are done',
    )
    expect(describeRun(madeUpRun({ state: 'failed' }, { state: 'failed' }))).toContain(
      'Nothing before it was changed',
    )
  })

  it('say that nothing was sent when it failed before its first step', () => {
    expect(describeRun(madeUpRun({ state: 'failed' }))).toBe('Nothing was sent.')
  })

  it('do not call an unknown outcome a success', () => {
    const text = describeRun(madeUpRun({ state: 'unknown' }, done, { state: 'unknown' }))
    expect(text).toContain('No answer came for step 2 of 3')
    expect(text).not.toMatch(/all|success/i)
  })

  it('tell a run that found everything in place from one that made it', () => {
    const old = { state: 'done', made: false } as const
    expect(describeRun(madeUpRun({ state: 'done' }, old, old, old))).toContain('nothing was changed')
    expect(describeRun(madeUpRun({ state: 'done' }, old, done, old))).toBe('All 3 steps are done.')
  })

  it('do not count where there is one step only', () => {
    const plan = { ...threeStepPlan, steps: threeStepPlan.steps.slice(0, 1) }
    const run = (state: 'done' | 'failed') =>
      madeUpRun({ plan, state, steps: madeUpRun({}, { ...done, state }).steps.slice(0, 1) })
    expect(describeRun(run('done'))).toBe('It is done.')
    expect(describeRun(run('failed'))).toBe('The only step failed.')
  })

  it('say that nothing goes on by itself after the console ended', () => {
    expect(describeRun(madeUpRun({ state: 'interrupted' }, done))).toBe(
      'The console ended in the middle; 1 step of 3 was done. Nothing goes on by itself.',
    )
  })

  it('have a word and a tone for every state', () => {
    expect(Object.keys(stepTones).toSorted()).toEqual(Object.keys(stepWords).toSorted())
    expect(Object.keys(runTones).toSorted()).toEqual(Object.keys(runWords).toSorted())
    expect(new Set(Object.values(runWords)).size).toBe(Object.keys(runWords).length)
  })

  it('count only steps that are done', () => {
    expect(progressOf(madeUpRun({}, done, { state: 'unknown' }))).toEqual({ done: 1, all: 3 })
  })
})
