import { describe, expect, it } from 'vitest'
import type { RunEvent } from '@/lib/plan/run/event'
import { reduce } from '@/lib/plan/run/reduce'
import { tokenOf } from '@/lib/plan/run/token'
import { anAnswer, fault, fewSteps, recordWith, stepIn, told } from '../../../support/run-records'

const atMs = 5_000
const undoing = { state: 'undoing' } as const

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
