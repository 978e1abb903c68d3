import { describe, expect, it } from 'vitest'
import type { RunEvent } from '@/lib/plan/run/event'
import { reduce } from '@/lib/plan/run/reduce'
import { fault, recordWith, stepIn, told } from '../../../support/run-records'

const atMs = 5_000
const undoing = { state: 'undoing' } as const
const unsent = { taken: false, uncertain: false, operationId: null }

describe('an undo', () => {
  const made = (own: Parameters<typeof recordWith>[0] = {}) =>
    recordWith(
      {
        cluster: { state: { state: 'done', made: true }, memory: { taken: true, settled: true } },
        ...own,
      },
      { state: 'failed', finishedAtMs: 3_000, error: fault },
    )

  it('opens the run', () => {
    expect(reduce(made(), { type: 'undo wanted', atMs }).run).toMatchObject({
      state: 'undoing',
      finishedAtMs: null,
      error: null,
    })
  })

  it('of nothing is over at once', () => {
    expect(reduce(recordWith({}), { type: 'undo wanted', atMs }).run.state).toBe('undone')
  })

  it('goes on with a step whose undo failed', () => {
    const record = made({ revision: { state: { state: 'undo failed', made: true, error: fault } } })
    expect(stepIn(reduce(record, { type: 'undo wanted', atMs }), 'revision').state).toMatchObject({
      state: 'undoing',
      error: null,
    })
  })

  it('takes a step back by all of its calls', () => {
    const start = reduce(
      recordWith({ revision: { state: { state: 'done', made: true } } }, { state: 'done' }),
      { type: 'undo wanted', atMs },
    )
    const one = told(
      start,
      { type: 'undo sending', stepId: 'revision', atMs },
      { type: 'undo answered', stepId: 'revision', atMs, operationId: null },
    )
    expect(stepIn(one, 'revision')).toMatchObject({
      state: { state: 'undoing' },
      memory: { undo: { callsDone: 1, taken: false } },
    })
    expect(one.run.state).toBe('undoing')
    const both = reduce(one, { type: 'undo answered', stepId: 'revision', atMs, operationId: null })
    expect(stepIn(both, 'revision').state).toMatchObject({ state: 'undone', finishedAtMs: atMs })
    expect(both.run).toMatchObject({ state: 'undone', finishedAtMs: atMs })
  })

  it('waits for what its call began', () => {
    const record = told(recordWith({ namespace: { state: { state: 'undoing', made: true } } }, undoing), {
      type: 'undo answered',
      stepId: 'namespace',
      atMs,
      operationId: 'op-2',
    })
    expect(stepIn(record, 'namespace')).toMatchObject({
      state: { state: 'undoing' },
      memory: { undo: { callsDone: 0, taken: true, operationId: 'op-2' } },
    })
    expect(reduce(record, { type: 'undo waited', stepId: 'namespace', atMs }).run.state).toBe('undone')
  })

  it('shows no error any more once its lost answer is found', () => {
    const record = told(
      recordWith({ namespace: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'undo no answer', stepId: 'namespace', atMs, error: fault },
      { type: 'undo answered', stepId: 'namespace', atMs, operationId: 'op-2' },
    )
    expect(stepIn(record, 'namespace')).toMatchObject({
      state: { state: 'undoing', error: null },
      memory: { undo: { taken: true, uncertain: false } },
    })
  })

  it('stops when its call was lost and not done', () => {
    const record = told(
      recordWith({ cluster: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'undo no answer', stepId: 'cluster', atMs, error: fault },
      { type: 'undo not taken', stepId: 'cluster', atMs },
    )
    expect(record.run.state).toBe('undo failed')
    expect(stepIn(record, 'cluster')).toMatchObject({
      state: { state: 'undo failed', error: fault },
      memory: { undo: { uncertain: false, taken: false } },
    })
  })

  it('sends its call again when a person wants it once more and it was not done', () => {
    const record = told(
      recordWith({ cluster: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'undo no answer', stepId: 'cluster', atMs, error: fault },
      { type: 'undo not known', stepId: 'cluster', atMs, error: fault },
      { type: 'undo wanted', atMs },
      { type: 'undo not taken', stepId: 'cluster', atMs },
    )
    expect(record.run.state).toBe('undoing')
    expect(stepIn(record, 'cluster').memory.undo).toMatchObject({ uncertain: false, callsDone: 0 })
  })

  it('that fails says why, and its call may be sent again', () => {
    const record = reduce(recordWith({ cluster: { state: { state: 'undoing', made: true } } }, undoing), {
      type: 'undo failed',
      stepId: 'cluster',
      atMs,
      error: fault,
    })
    expect(record.run.state).toBe('undo failed')
    expect(stepIn(record, 'cluster')).toMatchObject({
      state: { state: 'undo failed', error: fault, made: true },
      memory: { undo: { ...unsent, callsDone: 0 } },
    })
  })

  it('begins by remembering what AWS had before its call, and looks for no call that was never sent', () => {
    const facts = { deploymentId: 'ecs-svc/1' }
    const record = told(
      recordWith({ cluster: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'interrupted', atMs },
      { type: 'undo wanted', atMs },
      { type: 'undo looked before', stepId: 'cluster', atMs, facts },
    )
    expect(stepIn(record, 'cluster').memory.undo).toEqual({
      ...unsent,
      callsDone: 0,
      lookedBefore: true,
      before: facts,
    })
  })

  it.each<[string, readonly RunEvent[]]>([
    [
      'was lost and not done',
      [
        { type: 'undo no answer', stepId: 'cluster', atMs, error: fault },
        { type: 'undo not taken', stepId: 'cluster', atMs },
      ],
    ],
    ['failed', [{ type: 'undo failed', stepId: 'cluster', atMs, error: fault }]],
  ])('goes on remembering it when the call %s: it may still arrive', (_what, events) => {
    const facts = { deploymentId: 'ecs-svc/1' }
    const record = told(
      recordWith({ cluster: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'undo looked before', stepId: 'cluster', atMs, facts },
      ...events,
    )
    expect(stepIn(record, 'cluster').memory.undo).toMatchObject({ lookedBefore: true, before: facts })
  })

  it('looks again before its next call', () => {
    const record = told(
      recordWith({ revision: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'undo looked before', stepId: 'revision', atMs, facts: { there: true } },
      { type: 'undo answered', stepId: 'revision', atMs, operationId: null },
    )
    expect(stepIn(record, 'revision').memory.undo).toMatchObject({
      callsDone: 1,
      lookedBefore: false,
      before: null,
    })
  })

  it('keeps the calls that are done when a later one fails', () => {
    const record = told(
      recordWith({ revision: { state: { state: 'undoing', made: true } } }, undoing),
      { type: 'undo answered', stepId: 'revision', atMs, operationId: null },
      { type: 'undo failed', stepId: 'revision', atMs, error: fault },
      { type: 'undo wanted', atMs },
    )
    expect(stepIn(record, 'revision').memory.undo.callsDone).toBe(1)
  })

  it('is not over while something is left', () => {
    const record = told(
      made({ revision: { state: { state: 'undoing', made: true } } }),
      { type: 'undo wanted', atMs },
      { type: 'undo answered', stepId: 'revision', atMs, operationId: null },
      { type: 'undo answered', stepId: 'revision', atMs, operationId: null },
    )
    expect(stepIn(record, 'revision').state.state).toBe('undone')
    expect(record.run.state).toBe('undoing')
  })
})
