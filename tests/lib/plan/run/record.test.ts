import { describe, expect, it } from 'vitest'
import { tokenOf } from '@/lib/plan/run/token'
import { fewSteps, freshRecord } from '../../../support/run-records'

describe('a run of which nothing has happened yet', () => {
  const record = freshRecord()

  it('has every step of the plan queued, in order', () => {
    expect(record.run.steps.map(({ stepId, state, made }) => ({ stepId, state, made }))).toEqual(
      fewSteps.map(({ id }) => ({ stepId: id, state: 'queued', made: null })),
    )
    expect(record.memory.map(({ stepId }) => stepId)).toEqual(fewSteps.map(({ id }) => id))
  })

  it('is neither checked nor ended', () => {
    expect(record).toMatchObject({
      version: 1,
      checked: false,
      run: { state: 'running', startedAtMs: 1_000, finishedAtMs: null, error: null },
    })
  })

  it('has the token of each step, before anything is kept', () => {
    expect(record.memory.map(({ token }) => token)).toEqual(
      fewSteps.map(({ id }) => tokenOf('intent-1', id, 0)),
    )
  })

  it('is plain JSON: the journal gives back just what it was given', () => {
    const read: unknown = JSON.parse(JSON.stringify(record))
    expect(read).toStrictEqual(record)
  })
})
