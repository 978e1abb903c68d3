import { describe, expect, it } from 'vitest'
import { canRetry, canUndo, type RunState, type StepRun } from '@/lib/plan/run-state'
import { madeUpRun } from '../../support/made-up-runs'

const states: Readonly<Record<RunState, { readonly retry: boolean; readonly undo: boolean }>> = {
  running: { retry: false, undo: false },
  undoing: { retry: false, undo: false },
  done: { retry: false, undo: true },
  failed: { retry: true, undo: true },
  unknown: { retry: true, undo: true },
  interrupted: { retry: true, undo: true },
  stale: { retry: false, undo: true },
  undone: { retry: false, undo: true },
  'undo failed': { retry: false, undo: true },
}

describe('what a person can do with a run', () => {
  it.each(Object.entries(states))('that is %s and made something', (name, can) => {
    const state = Object.keys(states).find((one): one is RunState => one === name)
    const run = madeUpRun({ state: state ?? 'running' }, { state: 'done', made: true })
    expect({ retry: canRetry(run), undo: canUndo(run) }).toEqual(can)
  })

  it.each<[string, readonly Partial<StepRun>[], boolean]>([
    ['nothing was made', [{ state: 'failed', made: false }], false],
    ['it was there already', [{ state: 'done', made: false }], false],
    ['one thing was made', [{ state: 'done', made: true }], true],
    ['one thing may have been made', [{ state: 'unknown' }], true],
    ['all that was made is undone', [{ state: 'undone', made: true }], false],
    [
      'some of it is undone',
      [
        { state: 'done', made: true },
        { state: 'undone', made: true },
      ],
      true,
    ],
    ['its undo failed', [{ state: 'undo failed', made: true }], true],
    ['what was made does not come back', [{}, {}, { state: 'done', made: true }], false],
    ['what may have been done does not come back', [{}, {}, { state: 'unknown' }], false],
    ['nothing has begun', [], false],
  ])('take it back when %s', (_what, steps, wanted) => {
    expect(canUndo(madeUpRun({ state: 'failed' }, ...steps))).toBe(wanted)
  })
})
