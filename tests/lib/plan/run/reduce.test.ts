import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '@/lib/plan/run/event'
import { reduce } from '@/lib/plan/run/reduce'
import { anAnswer, fault, fewSteps, freshRecord } from '../../../support/run-records'

const atMs = 5_000

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
  ofStep.map((stepId): RunEvent => ({ type: 'undo looked before', stepId, atMs, facts: null })),
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
