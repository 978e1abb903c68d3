import type { PlanStep, UndoCall } from '../plan'
import type { StepRun } from '../run-state'
import type { RunRecord, StepMemory } from './record'

/** A step with all that is known about it. */
export type At = { readonly step: PlanStep; readonly state: StepRun; readonly memory: StepMemory }

/** The one thing to do next. */
export type Todo =
  /** May this target be changed, and is the world as it was seen? */
  | { readonly kind: 'check' }
  | ({ readonly kind: 'wait before' | 'look before' | 'send' | 'look up' | 'wait after' } & At)
  | ({
      readonly kind: 'undo look before' | 'undo send' | 'undo look up' | 'undo wait'
      readonly call: UndoCall
    } & At)
  | { readonly kind: 'rest' }

/** Every step of a run, in the plan's order. */
export function stepsOf(record: RunRecord): readonly At[] {
  return record.run.plan.steps.flatMap((step, index) => {
    const state = record.run.steps[index]
    const memory = record.memory[index]
    return state && memory ? [{ step, state, memory }] : []
  })
}

/** Whether a step made something that an undo must take back, or may have. */
export const mustUndo = ({ step, state, memory }: At): boolean =>
  step.undo.possible && state.state !== 'undone' && (state.made === true || memory.uncertain)

function nextOfStep(at: At): Todo {
  const { step, memory } = at
  if (memory.taken) return { kind: 'wait after', ...at }
  if (memory.uncertain) return { kind: 'look up', ...at }
  if (step.before && !memory.waitedBefore) return { kind: 'wait before', ...at }
  if (!memory.lookedBefore) return { kind: 'look before', ...at }
  return { kind: 'send', ...at }
}

function nextOfUndo(at: At): Todo {
  const { step, memory } = at
  if (memory.uncertain && !memory.taken) return { kind: 'look up', ...at }
  // What AWS still works on cannot be deleted: it would be made after its deletion.
  if (step.after?.kind === 'operation' && memory.taken && !memory.settled)
    return { kind: 'wait after', ...at }
  const call = step.undo.possible ? step.undo.calls[memory.undo.callsDone] : undefined
  if (!call) return { kind: 'rest' }
  if (memory.undo.taken) return { kind: 'undo wait', call, ...at }
  // Nothing is sent before this, so a call without it was never sent.
  if (!memory.undo.lookedBefore) return { kind: 'undo look before', call, ...at }
  if (memory.undo.uncertain) return { kind: 'undo look up', call, ...at }
  return { kind: 'undo send', call, ...at }
}

/** What is to be done next for a run; `rest` when it has ended or stopped. */
export function next(record: RunRecord): Todo {
  if (record.run.state === 'running') {
    if (!record.checked) return { kind: 'check' }
    const at = stepsOf(record).find(({ state }) => state.state !== 'done')
    return at ? nextOfStep(at) : { kind: 'rest' }
  }
  if (record.run.state === 'undoing') {
    const at = stepsOf(record).findLast(mustUndo)
    return at ? nextOfUndo(at) : { kind: 'rest' }
  }
  return { kind: 'rest' }
}
