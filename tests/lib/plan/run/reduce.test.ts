import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '@/lib/plan/run/event'
import { reduce } from '@/lib/plan/run/reduce'
import { tokenOf } from '@/lib/plan/run/token'
import type { RunState, StepRun } from '@/lib/plan/run-state'
import {
  anAnswer,
  fault,
  fewSteps,
  freshRecord,
  recordWith,
  stepIn,
  told,
} from '../../../support/run-records'

const atMs = 5_000
const undoing = { state: 'undoing' } as const
const unsent = { taken: false, uncertain: false, operationId: null }

describe('the check', () => {
  it('lets the run begin when the world is as it was seen', () => {
    const record = reduce(freshRecord(), { type: 'checked', atMs, differences: [] })
    expect(record).toMatchObject({ checked: true, run: { state: 'running', finishedAtMs: null } })
  })

  it('ends the run as stale when the world has moved on, and says how', () => {
    const differences = [{ subject: 'service web', fact: 'desiredCount', saw: '2', is: '3' }]
    const { checked, run } = reduce(freshRecord(), { type: 'checked', atMs, differences })
    expect(checked).toBe(false)
    expect(run).toMatchObject({ state: 'stale', finishedAtMs: atMs, differences })
    expect(run.steps.every(({ state }) => state === 'queued')).toBe(true)
  })

  it('ends a plan without steps as done', () => {
    expect(reduce(freshRecord([]), { type: 'checked', atMs, differences: [] }).run.state).toBe('done')
  })
})

describe('a call of a step', () => {
  it('is shown as running from its sending, which is kept for look-ups', () => {
    const { state, memory } = stepIn(
      reduce(recordWith({}), { type: 'sending', stepId: 'cluster', atMs }),
      'cluster',
    )
    expect(state).toMatchObject({ state: 'running', startedAtMs: atMs, attempts: 1, sinceMs: atMs })
    expect(memory.sentAtMs).toBe(atMs)
  })

  it('keeps the time of its first sending when it is sent again', () => {
    const record = recordWith({
      cluster: { state: { startedAtMs: 7, attempts: 1 }, memory: { sentAtMs: 7 } },
    })
    const { state, memory } = stepIn(reduce(record, { type: 'sending', stepId: 'cluster', atMs }), 'cluster')
    expect(state).toMatchObject({ startedAtMs: 7, attempts: 2 })
    expect(memory.sentAtMs).toBe(7)
  })

  it('is done with its answer when nothing is waited for', () => {
    const answer = anAnswer({ outputs: { clusterArn: 'arn:shop' } })
    const { state, memory } = stepIn(
      reduce(recordWith({}), { type: 'answered', stepId: 'cluster', atMs, answer }),
      'cluster',
    )
    expect(state).toMatchObject({
      state: 'done',
      made: true,
      finishedAtMs: atMs,
      requestId: 'request-1',
      outputs: { clusterArn: 'arn:shop' },
    })
    expect(memory).toMatchObject({ taken: true, settled: true })
  })

  it('waits after its answer when something is waited for', () => {
    const answer = anAnswer({ operationId: 'operation-1', deploymentId: 'ecs-svc/1' })
    const { state, memory } = stepIn(
      reduce(recordWith({}), { type: 'answered', stepId: 'namespace', atMs, answer }),
      'namespace',
    )
    expect(state).toMatchObject({ state: 'waiting', made: true, finishedAtMs: null })
    expect(state.waitingFor).toContain('AWS to finish')
    expect(memory).toMatchObject({
      taken: true,
      settled: false,
      operationId: 'operation-1',
      deploymentId: 'ecs-svc/1',
    })
  })

  it('says of what was there before that the run did not make it', () => {
    const record = reduce(recordWith({}), {
      type: 'answered',
      stepId: 'cluster',
      atMs,
      answer: anAnswer({ made: false }),
    })
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'done', made: false })
  })

  it('fails with the run when AWS refuses it', () => {
    const { run } = reduce(recordWith({}), {
      type: 'refused',
      stepId: 'cluster',
      atMs,
      error: fault,
      requestId: 'request-9',
    })
    expect(run).toMatchObject({ state: 'failed', finishedAtMs: atMs, error: null })
    expect(run.steps[0]).toMatchObject({ state: 'failed', made: false, error: fault, requestId: 'request-9' })
  })

  it('stays made when AWS took it and only what follows cannot be done', () => {
    const record = recordWith({
      namespace: { state: { state: 'waiting', made: true }, memory: { taken: true } },
    })
    const after = reduce(record, {
      type: 'refused',
      stepId: 'namespace',
      atMs,
      error: fault,
      requestId: null,
    })
    expect(stepIn(after, 'namespace').state).toMatchObject({ state: 'failed', made: true })
  })

  it('keeps the request id that it had when a refusal brings none', () => {
    const record = recordWith({ cluster: { state: { requestId: 'request-7' } } })
    const after = reduce(record, { type: 'refused', stepId: 'cluster', atMs, error: fault, requestId: null })
    expect(stepIn(after, 'cluster').state.requestId).toBe('request-7')
  })
})

describe('a lost answer', () => {
  const lost = reduce(recordWith({ cluster: { state: { state: 'running' } } }), {
    type: 'no answer',
    stepId: 'cluster',
    atMs,
    error: fault,
    requestId: null,
  })

  it('makes a step unknown and keeps the run going, to look for it', () => {
    expect(lost.run.state).toBe('running')
    expect(stepIn(lost, 'cluster')).toMatchObject({
      state: { state: 'unknown', made: null, error: fault },
      memory: { uncertain: true, taken: false },
    })
  })

  it('stays unknown while it is looked for, and says what is waited for', () => {
    const record = reduce(lost, { type: 'waiting', stepId: 'cluster', atMs, words: 'AWS to answer again' })
    expect(stepIn(record, 'cluster').state).toMatchObject({
      state: 'unknown',
      waitingFor: 'AWS to answer again',
      error: fault,
    })
  })

  it.each([0, 1, 3])('is not sent again at once when it is not found after %i failed looks', (looks) => {
    const waits = Array.from(
      { length: looks },
      (_, index): RunEvent => ({
        type: 'waiting',
        stepId: 'cluster',
        atMs,
        words: `AWS to answer again (${index})`,
      }),
    )
    const record = told(lost, ...waits, { type: 'not found', stepId: 'cluster', atMs })
    expect(record.run.state).toBe('failed')
    const { state, memory } = stepIn(record, 'cluster')
    expect(state).toMatchObject({ state: 'failed', waitingFor: null })
    expect(state.error?.message).toContain('it was not done')
    expect(memory.uncertain).toBe(true)
  })

  it('may be sent again when it is not found after a retry', () => {
    const record = told(
      lost,
      { type: 'not found', stepId: 'cluster', atMs },
      { type: 'retry wanted', atMs },
      { type: 'not found', stepId: 'cluster', atMs },
    )
    expect(record.run.state).toBe('running')
    expect(stepIn(record, 'cluster').memory.uncertain).toBe(false)
  })

  it('goes on when it is found', () => {
    const record = reduce(lost, { type: 'found', stepId: 'cluster', atMs, answer: anAnswer() })
    expect(record.run.state).toBe('running')
    expect(stepIn(record, 'cluster')).toMatchObject({
      state: { state: 'done', made: true, error: null },
      memory: { uncertain: false, taken: true },
    })
  })

  it('keeps the request id of the call when it is found without one', () => {
    const record = told(
      recordWith({}),
      { type: 'no answer', stepId: 'cluster', atMs, error: fault, requestId: 'request-5' },
      { type: 'found', stepId: 'cluster', atMs, answer: anAnswer({ requestId: null }) },
    )
    expect(stepIn(record, 'cluster').state.requestId).toBe('request-5')
  })

  it('makes the run unknown when it cannot be looked for', () => {
    const record = reduce(lost, { type: 'look-up failed', stepId: 'cluster', atMs, error: fault })
    expect(record.run).toMatchObject({ state: 'unknown', finishedAtMs: atMs })
    expect(stepIn(record, 'cluster').memory.uncertain).toBe(true)
  })

  it('ends an undo that cannot look for it, and may be undone again', () => {
    const record = told(
      lost,
      { type: 'look-up failed', stepId: 'cluster', atMs, error: fault },
      { type: 'undo wanted', atMs },
      { type: 'look-up failed', stepId: 'cluster', atMs, error: fault },
    )
    expect(record.run.state).toBe('undo failed')
    expect(stepIn(record, 'cluster').state.state).toBe('unknown')
  })

  it('found during an undo is to be taken back when the run made it', () => {
    const record = told(
      lost,
      { type: 'look-up failed', stepId: 'cluster', atMs, error: fault },
      { type: 'undo wanted', atMs },
      { type: 'found', stepId: 'cluster', atMs, answer: anAnswer() },
    )
    expect(record.run.state).toBe('undoing')
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'undoing', made: true, error: null })
  })

  it('found during an undo is left alone when it was there before', () => {
    const record = told(
      lost,
      { type: 'look-up failed', stepId: 'cluster', atMs, error: fault },
      { type: 'undo wanted', atMs },
      { type: 'found', stepId: 'cluster', atMs, answer: anAnswer({ made: false }) },
    )
    expect(record.run.state).toBe('undone')
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'done', made: false })
  })

  it('not found during an undo leaves nothing to take back', () => {
    const record = told(
      lost,
      { type: 'look-up failed', stepId: 'cluster', atMs, error: fault },
      { type: 'undo wanted', atMs },
      { type: 'not found', stepId: 'cluster', atMs },
    )
    expect(record.run.state).toBe('undone')
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'failed', made: false })
  })

  it('found while the run rests ends the last step of all', () => {
    const [cluster] = fewSteps
    const record = told(
      recordWith({ cluster: { state: { state: 'running' } } }, {}, cluster ? [cluster] : []),
      { type: 'interrupted', atMs },
      { type: 'found', stepId: 'cluster', atMs: 6_000, answer: anAnswer() },
    )
    expect(record.run).toMatchObject({ state: 'done', finishedAtMs: 6_000 })
  })

  it('found while the run rests leaves a wait open, for a retry', () => {
    const record = told(
      recordWith({ namespace: { state: { state: 'running' } } }),
      { type: 'interrupted', atMs },
      { type: 'found', stepId: 'namespace', atMs, answer: anAnswer({ operationId: 'operation-1' }) },
    )
    expect(record.run.state).toBe('interrupted')
    expect(stepIn(record, 'namespace')).toMatchObject({
      state: { state: 'failed', made: true, error: { code: 'Interrupted' } },
      memory: { taken: true, operationId: 'operation-1' },
    })
  })
})

describe('a wait', () => {
  const taken = recordWith({
    namespace: { state: { state: 'waiting', made: true }, memory: { taken: true, operationId: 'op' } },
  })

  it('says what is waited for, and since when', () => {
    const first = reduce(recordWith({}), { type: 'waiting', stepId: 'delete', atMs, words: 'two instances' })
    expect(stepIn(first, 'delete').state).toMatchObject({
      state: 'waiting',
      waitingFor: 'two instances',
      sinceMs: atMs,
      startedAtMs: atMs,
    })
    const second = reduce(first, { type: 'waiting', stepId: 'delete', atMs: 9_000, words: 'one instance' })
    expect(stepIn(second, 'delete').state).toMatchObject({ waitingFor: 'one instance', sinceMs: atMs })
  })

  it('that ended well makes the step done, with what it gave', () => {
    const record = reduce(taken, {
      type: 'settled',
      stepId: 'namespace',
      atMs,
      outputs: { namespaceId: 'ns-1' },
    })
    expect(stepIn(record, 'namespace')).toMatchObject({
      state: { state: 'done', outputs: { namespaceId: 'ns-1' }, waitingFor: null, finishedAtMs: atMs },
      memory: { settled: true },
    })
  })

  it('never makes a step done that AWS did not take', () => {
    const record = reduce(recordWith({}), { type: 'settled', stepId: 'namespace', atMs, outputs: {} })
    expect(stepIn(record, 'namespace').state.state).toBe('queued')
  })

  it('that ended badly fails the step, and what was made stays made', () => {
    const record = reduce(taken, {
      type: 'wait failed',
      stepId: 'namespace',
      atMs,
      error: fault,
      nothingMade: false,
    })
    expect(record.run.state).toBe('failed')
    expect(stepIn(record, 'namespace')).toMatchObject({
      state: { state: 'failed', made: true, error: fault },
      memory: { taken: true, generation: 0 },
    })
  })

  it('for an operation that left nothing gives the step another token', () => {
    const record = reduce(taken, {
      type: 'wait failed',
      stepId: 'namespace',
      atMs,
      error: fault,
      nothingMade: true,
    })
    const { state, memory } = stepIn(record, 'namespace')
    expect(state).toMatchObject({ state: 'failed', made: false })
    expect(memory).toMatchObject({ taken: false, uncertain: false, operationId: null, generation: 1 })
    expect(memory.token).toBe(tokenOf('intent-1', 'namespace', 1))
    expect(memory.token).not.toBe(stepIn(taken, 'namespace').memory.token)
  })

  it('that finds during an undo that nothing was made has nothing left to do', () => {
    const record = reduce(
      { ...taken, run: { ...taken.run, ...undoing } },
      { type: 'wait failed', stepId: 'namespace', atMs, error: fault, nothingMade: true },
    )
    expect(record.run.state).toBe('undone')
    expect(stepIn(record, 'namespace').state).toMatchObject({ state: 'failed', made: false })
  })

  it('that ends well during an undo says no more what it waited for', () => {
    const record = told(
      { ...taken, run: { ...taken.run, ...undoing } },
      { type: 'waiting', stepId: 'namespace', atMs, words: 'Cloud Map to make it' },
      { type: 'settled', stepId: 'namespace', atMs, outputs: { namespaceId: 'ns-1' } },
    )
    expect(stepIn(record, 'namespace').state).toMatchObject({
      state: 'undoing',
      waitingFor: null,
      outputs: { namespaceId: 'ns-1' },
    })
  })

  it('before a call is remembered as over', () => {
    const record = reduce(recordWith({}), { type: 'waited before', stepId: 'delete', atMs })
    expect(stepIn(record, 'delete').memory.waitedBefore).toBe(true)
  })

  it('what was there before a call is remembered', () => {
    const facts = { latestRevision: 7 }
    const record = reduce(recordWith({}), { type: 'looked before', stepId: 'revision', atMs, facts })
    expect(stepIn(record, 'revision').memory).toMatchObject({ lookedBefore: true, before: facts })
  })
})

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

const stepIds = fewSteps.map(({ id }) => id)
const ofStep = fc.constantFrom(...stepIds)
const words = fc.constantFrom('one', 'two')
const requestId = fc.constantFrom(null, 'request-1')
const answers = fc.record({ made: fc.boolean(), operationId: requestId }).map(anAnswer)
const time = fc.constant({ atMs })

/** Anything that could be told, in its right form. */
const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.constant<RunEvent>({ type: 'checked', atMs, differences: [] }),
  fc.constant<RunEvent>({ type: 'halted', atMs, error: fault }),
  fc.constant<RunEvent>({ type: 'retry wanted', atMs }),
  fc.constant<RunEvent>({ type: 'undo wanted', atMs }),
  fc.constant<RunEvent>({ type: 'interrupted', atMs }),
  fc
    .tuple(time, ofStep, words)
    .map(([t, stepId, said]): RunEvent => ({ ...t, type: 'waiting', stepId, words: said })),
  fc.tuple(ofStep, answers).map(([stepId, answer]): RunEvent => ({ type: 'answered', stepId, atMs, answer })),
  fc.tuple(ofStep, answers).map(([stepId, answer]): RunEvent => ({ type: 'found', stepId, atMs, answer })),
  fc
    .tuple(fc.constantFrom('refused' as const, 'no answer' as const), ofStep, requestId)
    .map(([type, stepId, id]): RunEvent => ({ type, stepId, atMs, error: fault, requestId: id })),
  fc
    .tuple(fc.constantFrom('look-up failed', 'undo no answer', 'undo not known', 'undo failed'), ofStep)
    .map(([type, stepId]): RunEvent => ({ type, stepId, atMs, error: fault })),
  fc
    .tuple(
      fc.constantFrom(
        'waited before',
        'sending',
        'not found',
        'undo sending',
        'undo waited',
        'undo not taken',
      ),
      ofStep,
    )
    .map(([type, stepId]): RunEvent => ({ type, stepId, atMs })),
  ofStep.map((stepId): RunEvent => ({ type: 'looked before', stepId, atMs, facts: null })),
  ofStep.map((stepId): RunEvent => ({ type: 'settled', stepId, atMs, outputs: {} })),
  ofStep.map((stepId): RunEvent => ({ type: 'undo answered', stepId, atMs, operationId: null })),
  fc
    .tuple(ofStep, fc.boolean())
    .map(
      ([stepId, nothingMade]): RunEvent => ({ type: 'wait failed', stepId, atMs, error: fault, nothingMade }),
    ),
)

describe('whatever is told, in whatever order', () => {
  const always = (holds: (events: readonly RunEvent[]) => void) =>
    fc.assert(fc.property(fc.array(anyEvent, { maxLength: 40, size: 'max' }), holds), { numRuns: 60 })

  it('no step is done without an answer of AWS', () => {
    always((events) => {
      const answered = new Set<string>()
      let record = freshRecord()
      for (const event of events) {
        if (event.type === 'answered' || event.type === 'found') answered.add(event.stepId)
        record = reduce(record, event)
        for (const { stepId, state } of record.run.steps)
          if (state === 'done' && !answered.has(stepId)) expect.fail(`${stepId} is done by ${event.type}`)
      }
    })
  })

  it('a run is done only with all of its steps, and after the check', () => {
    always((events) => {
      let record = freshRecord()
      for (const event of events) {
        const before = record.run.state
        record = reduce(record, event)
        if (record.run.state === 'done' && before !== 'done')
          expect([record.checked, ...record.run.steps.map(({ state }) => state)]).toEqual([
            true,
            ...stepIds.map(() => 'done'),
          ])
      }
    })
  })

  it('the steps and what is remembered of them stay in the order of the plan', () => {
    always((events) => {
      const record = events.reduce(reduce, freshRecord())
      expect(record.run.steps.map(({ stepId }) => stepId)).toEqual(stepIds)
      expect(record.memory.map(({ stepId }) => stepId)).toEqual(stepIds)
      expect(record.run.plan.steps).toBe(fewSteps)
    })
  })

  it('an event of one step changes nothing of the others', () => {
    always((events) => {
      let record = freshRecord()
      for (const event of events) {
        const before = record
        record = reduce(before, event)
        if (!('stepId' in event)) continue
        const changed = stepIds.filter(
          (stepId, index) =>
            stepId !== event.stepId &&
            (before.run.steps[index] !== record.run.steps[index] ||
              before.memory[index] !== record.memory[index]),
        )
        expect(changed).toEqual([])
      }
    })
  })

  it('the version never falls, the same events give the same run, and what was given stays as it was', () => {
    always((events) => {
      const first = freshRecord()
      const before = JSON.stringify(first)
      let record = first
      for (const event of events) {
        const { version } = record
        record = reduce(record, event)
        expect(record.version - version).toBeOneOf([0, 1])
      }
      expect(JSON.stringify(first)).toBe(before)
      expect(events.reduce(reduce, freshRecord())).toStrictEqual(record)
    })
  })

  it('a step that the plan does not have is no step', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        if (!('stepId' in event)) return
        expect(() => reduce(freshRecord(), { ...event, stepId: 'of another plan' })).toThrow(
          'The plan has no step of another plan.',
        )
      }),
      { numRuns: 40 },
    )
  })
})
