import { describe, expect, it } from 'vitest'
import { reduce } from '@/lib/plan/run/reduce'
import type { RunState, StepRun } from '@/lib/plan/run-state'
import { fault, recordWith, stepIn, told } from '../../../support/run-records'

const atMs = 5_000
const unsent = { lookedBefore: true, before: null, taken: false, uncertain: false, operationId: null }

describe('a console that ends', () => {
  type Own = Parameters<typeof recordWith>[0][string]
  const interrupted = (own: Own, state: RunState = 'running') => {
    const record = reduce(recordWith({ namespace: own }, { state }), { type: 'interrupted', atMs })
    return { run: record.run, ...stepIn(record, 'namespace') }
  }

  it.each<[string, Own, StepRun['state'], boolean]>([
    ['a call on its way', { state: { state: 'running' } }, 'unknown', true],
    ['a step that waits for AWS', { state: { state: 'waiting' }, memory: { taken: true } }, 'failed', false],
    ['a step that waits before its call', { state: { state: 'waiting' } }, 'queued', false],
    [
      'a step that is looked for',
      { state: { state: 'waiting' }, memory: { uncertain: true } },
      'unknown',
      true,
    ],
    ['a step that is to be looked for', { memory: { uncertain: true } }, 'unknown', true],
    ['a step that has not begun', {}, 'queued', false],
    ['a step that is done', { state: { state: 'done' }, memory: { taken: true } }, 'done', false],
    ['a step that failed', { state: { state: 'failed' } }, 'failed', false],
  ])('leaves %s where it can be gone on with', (_what, own, state, uncertain) => {
    const after = interrupted(own)
    expect(after.run).toMatchObject({ state: 'interrupted', finishedAtMs: atMs })
    expect(after.state.state).toBe(state)
    expect(after.memory.uncertain).toBe(uncertain)
  })

  it.each([
    [{ ...unsent, callsDone: 0 }, true],
    [{ ...unsent, callsDone: 0, taken: true }, false],
  ])('looks for an undo call that may have been sent: %j', (undo, uncertain) => {
    const after = interrupted({ state: { state: 'undoing', made: true }, memory: { undo } }, 'undoing')
    expect(after.run.state).toBe('undo failed')
    expect(after.state).toMatchObject({ state: 'undo failed', error: { code: 'Interrupted' } })
    expect(after.memory.undo.uncertain).toBe(uncertain)
  })

  it.each(['done', 'failed', 'unknown', 'interrupted', 'stale', 'undone', 'undo failed'] as const)(
    'changes nothing of a run that is %s',
    (state) => {
      const record = recordWith({}, { state, finishedAtMs: 2_000 })
      expect(reduce(record, { type: 'interrupted', atMs })).toBe(record)
    },
  )
})

describe('a run that cannot go on', () => {
  it.each([
    ['running', 'failed'],
    ['undoing', 'undo failed'],
  ] as const)('says why, without blaming a step: %s', (state, rests) => {
    const record = recordWith({ cluster: { state: { state: 'done', made: true } } }, { state })
    const { run } = reduce(record, { type: 'halted', atMs, error: fault })
    expect(run).toMatchObject({ state: rests, error: fault, finishedAtMs: atMs })
    expect(run.steps.map((step) => step.state)).toEqual(['done', 'queued', 'queued', 'queued'])
  })

  it.each<[StepRun['state'], boolean, RunState, StepRun['state']]>([
    ['waiting', true, 'running', 'failed'],
    ['waiting', false, 'running', 'queued'],
    ['running', false, 'running', 'unknown'],
    ['undoing', true, 'undoing', 'undo failed'],
  ])('leaves no step under way: %s (taken: %s)', (state, taken, runState, rests) => {
    const record = recordWith({ namespace: { state: { state }, memory: { taken } } }, { state: runState })
    const after = reduce(record, { type: 'halted', atMs, error: fault })
    expect(stepIn(after, 'namespace').state).toMatchObject({ state: rests, waitingFor: null })
  })

  it('goes on waiting after a retry', () => {
    const record = told(
      recordWith({ namespace: { state: { state: 'waiting', made: true }, memory: { taken: true } } }),
      { type: 'halted', atMs, error: fault },
      { type: 'retry wanted', atMs },
    )
    expect(record.run).toMatchObject({ state: 'running', error: null, finishedAtMs: null })
    expect(stepIn(record, 'namespace').state).toMatchObject({ state: 'waiting', made: true, error: null })
  })
})

describe('a retry', () => {
  const failed = recordWith(
    {
      cluster: { state: { state: 'done', made: true, finishedAtMs: 2_000 } },
      namespace: { state: { state: 'failed', error: fault, finishedAtMs: 3_000, attempts: 1 } },
    },
    { state: 'failed', error: fault, finishedAtMs: 3_000 },
  )

  it('opens the run and leaves alone what is done', () => {
    const { run } = reduce(failed, { type: 'retry wanted', atMs })
    expect(run).toMatchObject({ state: 'running', error: null, finishedAtMs: null })
    expect(run.steps[0]).toEqual(failed.run.steps[0])
    expect(run.steps[1]).toMatchObject({ state: 'queued', error: null, finishedAtMs: null, attempts: 1 })
  })

  it('follows whatever deployment there is by then', () => {
    const record = recordWith(
      { namespace: { state: { state: 'failed' }, memory: { taken: true, deploymentId: 'ecs-svc/1' } } },
      { state: 'failed' },
    )
    expect(stepIn(reduce(record, { type: 'retry wanted', atMs }), 'namespace')).toMatchObject({
      state: { state: 'waiting' },
      memory: { taken: true, deploymentId: null },
    })
  })

  it('keeps the token', () => {
    expect(reduce(failed, { type: 'retry wanted', atMs }).memory.map(({ token }) => token)).toEqual(
      failed.memory.map(({ token }) => token),
    )
  })
})
