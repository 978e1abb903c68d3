import type { Refused } from '../plan'
import type { Run, RunState, StepRun } from '../run-state'
import { type At, stepsOf } from './next'
import type { RunRecord, StepMemory } from './record'

/** What becomes of a step. */
export type StepChange = { readonly state?: Partial<StepRun>; readonly memory?: Partial<StepMemory> }

/** Throws for a step that the plan does not have. */
export function stepOf(record: RunRecord, stepId: string): At {
  const at = stepsOf(record).find(({ step }) => step.id === stepId)
  if (!at) throw new Error(`The plan has no step ${stepId}.`)
  return at
}

/** The record with one step changed. Throws for a step that the plan does not have. */
export function changeStep(record: RunRecord, stepId: string, change: (at: At) => StepChange): RunRecord {
  const { state, memory } = change(stepOf(record, stepId))
  const steps = record.run.steps.map((one) => (one.stepId === stepId ? { ...one, ...state } : one))
  return {
    ...record,
    run: { ...record.run, steps },
    memory: record.memory.map((one) => (one.stepId === stepId ? { ...one, ...memory } : one)),
  }
}

/** The record with every step changed that the change has something to say about. */
export const changeSteps = (record: RunRecord, change: (at: At) => StepChange): RunRecord =>
  stepsOf(record).reduce((changed, at) => changeStep(changed, at.step.id, () => change(at)), record)

export const changeRun = (record: RunRecord, run: Partial<Run>): RunRecord => ({
  ...record,
  run: { ...record.run, ...run },
})

/** A step that comes into a new state. */
export const into = (
  state: StepRun['state'],
  atMs: number,
  more: Partial<StepRun> = {},
): Partial<StepRun> => ({ state, sinceMs: atMs, waitingFor: null, error: null, ...more })

/** The run rests in `state`. */
export const stop = (record: RunRecord, state: RunState, atMs: number): RunRecord =>
  changeRun(record, { state, finishedAtMs: atMs })

/** A step fails, and the run stops with it. */
export function failStep(record: RunRecord, stepId: string, atMs: number, error: Refused): RunRecord {
  const state = record.run.state === 'undoing' ? 'undo failed' : 'failed'
  return stop(
    changeStep(record, stepId, () => ({ state: into(state, atMs, { error, finishedAtMs: atMs }) })),
    state,
    atMs,
  )
}

/** Something was done that the console did not see to its end. */
export const interruptedError: Refused = {
  code: 'Interrupted',
  message: 'The console ended while this was under way.',
  remedy: 'Retry goes on from here; Undo takes back what was made.',
}
