import { describe, expect, it } from 'vitest'
import { mustUndo, next, stepsOf, type Todo } from '@/lib/plan/run/next'
import type { RunState } from '@/lib/plan/run-state'
import { fewSteps, freshRecord, recordWith } from '../../../support/run-records'

type Own = Parameters<typeof recordWith>[0][string]

const done: Own = { state: { state: 'done', made: true }, memory: { taken: true, settled: true } }
const allDone = Object.fromEntries(fewSteps.map(({ id }) => [id, done]))

/** What is to be done, and with which step. */
const named = (todo: Todo): string => ('step' in todo ? `${todo.kind}: ${todo.step.id}` : todo.kind)

const looked = {
  callsDone: 0,
  lookedBefore: true,
  before: null,
  taken: false,
  uncertain: false,
  operationId: null,
}
/** Done, and looked at before its undo call. */
const undoable: Own = { ...done, memory: { ...done.memory, undo: looked } }

describe('what is next', () => {
  it('is the check, before anything else', () => {
    expect(named(next(freshRecord()))).toBe('check')
  })

  it.each<[string, Readonly<Record<string, Own>>]>([
    ['look before: cluster', {}],
    ['send: cluster', { cluster: { memory: { lookedBefore: true } } }],
    ['look before: namespace', { cluster: done }],
    ['wait after: namespace', { cluster: done, namespace: { memory: { taken: true } } }],
    ['look up: namespace', { cluster: done, namespace: { memory: { uncertain: true, lookedBefore: true } } }],
    ['wait after: namespace', { cluster: done, namespace: { memory: { uncertain: true, taken: true } } }],
    ['wait before: delete', { ...allDone, delete: {} }],
    ['look before: delete', { ...allDone, delete: { memory: { waitedBefore: true } } }],
    ['send: delete', { ...allDone, delete: { memory: { waitedBefore: true, lookedBefore: true } } }],
    ['look up: delete', { ...allDone, delete: { memory: { uncertain: true } } }],
    ['rest', allDone],
  ])('of a running run: %s', (wanted, own) => {
    expect(named(next(recordWith(own)))).toBe(wanted)
  })

  it('is never the sending of a step that AWS took or may have taken', () => {
    for (const taken of [true, false])
      for (const uncertain of [true, false])
        for (const lookedBefore of [true, false])
          for (const state of ['queued', 'waiting', 'unknown', 'failed'] as const) {
            const { kind } = next(
              recordWith({ cluster: { state: { state }, memory: { taken, uncertain, lookedBefore } } }),
            )
            expect({ taken, uncertain, sends: kind === 'send' }).toEqual({
              taken,
              uncertain,
              sends: !taken && !uncertain && lookedBefore,
            })
          }
  })

  it.each<[string, Readonly<Record<string, Own>>]>([
    ['undo look before: revision', { cluster: undoable, namespace: undoable, revision: done }],
    [
      'undo look before: cluster',
      {
        cluster: {
          ...done,
          memory: { ...done.memory, undo: { ...looked, lookedBefore: false, uncertain: true } },
        },
      },
    ],
    ['undo send: revision', { cluster: done, namespace: done, revision: undoable }],
    ['undo send: namespace', { cluster: done, namespace: undoable }],
    ['undo send: cluster', { cluster: undoable, namespace: { state: { state: 'undone', made: true } } }],
    ['undo send: cluster', { cluster: undoable, namespace: { state: { state: 'done', made: false } } }],
    ['undo send: cluster', { cluster: undoable, namespace: { state: { state: 'failed', made: false } } }],
    ['undo send: cluster', { cluster: undoable, delete: done }],
    [
      'look up: namespace',
      { cluster: done, namespace: { state: { state: 'unknown' }, memory: { uncertain: true } } },
    ],
    [
      'look up: namespace',
      { cluster: done, namespace: { state: { state: 'failed' }, memory: { uncertain: true } } },
    ],
    ['wait after: namespace', { namespace: { state: { made: true }, memory: { taken: true } } }],
    [
      'undo wait: namespace',
      { namespace: { ...done, memory: { ...done.memory, undo: { ...looked, taken: true } } } },
    ],
    [
      'undo look up: cluster',
      { cluster: { ...done, memory: { ...done.memory, undo: { ...looked, uncertain: true } } } },
    ],
    ['rest', {}],
    ['rest', { delete: done }],
    ['rest', { cluster: { state: { state: 'done', made: false } } }],
  ])('of a run that is undone: %s', (wanted, own) => {
    expect(named(next(recordWith(own, { state: 'undoing' })))).toBe(wanted)
  })

  it.each([0, 1])('is the undo call whose turn it is: %i', (callsDone) => {
    const todo = next(
      recordWith({ revision: { ...done, memory: { undo: { ...looked, callsDone } } } }, { state: 'undoing' }),
    )
    expect('call' in todo && todo.call.command).toBe(
      ['ecs:DeregisterTaskDefinition', 'ecs:DeleteTaskDefinitions'][callsDone],
    )
  })

  it.each<RunState>(['done', 'failed', 'unknown', 'interrupted', 'stale', 'undone', 'undo failed'])(
    'is nothing for a run that is %s',
    (state) => {
      expect(next(recordWith({ namespace: { memory: { uncertain: true } } }, { state })).kind).toBe('rest')
    },
  )

  it('changes nothing of the record', () => {
    const record = recordWith({ cluster: done })
    const before = JSON.stringify(record)
    expect(next(record)).toEqual(next(record))
    expect(JSON.stringify(record)).toBe(before)
  })
})

describe('what must be taken back', () => {
  it.each<[string, Own, boolean]>([
    ['what was made', done, true],
    ['what was there before', { state: { state: 'done', made: false } }, false],
    ['what may have been made', { state: { state: 'unknown' }, memory: { uncertain: true } }, true],
    ['what was found and is not ours', { state: { state: 'unknown', made: false } }, false],
    ['what is undone', { state: { state: 'undone', made: true } }, false],
    ['what could not be taken back so far', { state: { state: 'undo failed', made: true } }, true],
    ['what was refused', { state: { state: 'failed', made: false } }, false],
    ['what has not begun', {}, false],
    [
      'what AWS took and did not finish',
      { state: { state: 'failed', made: true }, memory: { taken: true } },
      true,
    ],
  ])('%s: %#', (_what, own, wanted) => {
    const [cluster] = stepsOf(recordWith({ cluster: own }))
    expect(cluster && mustUndo(cluster)).toBe(wanted)
  })

  it('is nothing that does not come back', () => {
    expect(stepsOf(recordWith({ delete: done })).filter(mustUndo)).toEqual([])
  })
})
