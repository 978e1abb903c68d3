import type { Plan } from '../plan'
import type { Run, StepRun } from '../run-state'
import type { Facts, Seen } from '../seen'
import { tokenOf } from './token'

/** How far the calls that take a step back have come. */
export type UndoMemory = {
  /** How many of the step's undo calls are done. */
  readonly callsDone: number
  readonly lookedBefore: boolean
  /** What AWS had before the next one was sent first, where a lost answer can only be recognised by that. */
  readonly before: Facts | null
  /** AWS took the next one; its wait is left. */
  readonly taken: boolean
  /** The next one was sent and no answer came. */
  readonly uncertain: boolean
  readonly operationId: string | null
}

/** What the executor must remember of a step beside what people see. */
export type StepMemory = {
  readonly stepId: string
  /** How often AWS ended an accepted operation in FAIL: each one needs a token of its own. */
  readonly generation: number
  /** Idempotency token, the same for every retry. */
  readonly token: string
  readonly waitedBefore: boolean
  readonly lookedBefore: boolean
  /** What AWS had before the first sending, where a lost answer can only be recognised by that. */
  readonly before: Facts | null
  /** The first sending. */
  readonly sentAtMs: number | null
  /** AWS took the call: what is left is waiting. */
  readonly taken: boolean
  /** An answer was lost and never found: look before doing anything else. */
  readonly uncertain: boolean
  /** Cloud Map's operation. */
  readonly operationId: string | null
  /** The deployment that the call has started or found. */
  readonly deploymentId: string | null
  /** The wait after the call has ended. */
  readonly settled: boolean
  readonly undo: UndoMemory
}

/** Who wants a run, for the audit. */
export type Actor = {
  /** null: nobody in particular. */
  readonly sessionId: string | null
  readonly role: string
  /** null: not known. */
  readonly address: string | null
}

/** A run with everything that is needed to go on with it after a restart. Plain JSON; this is what the journal keeps. */
export type RunRecord = {
  /** Grows with every change, so that a reader knows what is newer. */
  readonly version: number
  /** What was wanted: a kind of change, or `imported-plan`. */
  readonly kind: string
  readonly by: Actor
  /** The world was compared with what was seen. */
  readonly checked: boolean
  /**
   * What an undo would touch, as it was when the run was done: an undo does not go over what came later without being told to. null: not done,
   * not read, or of an older console.
   */
  readonly left: readonly Seen[] | null
  readonly run: Run
  /** In the plan's order. */
  readonly memory: readonly StepMemory[]
}

const queued = (stepId: string, atMs: number): StepRun => ({
  stepId,
  state: 'queued',
  made: null,
  waitingFor: null,
  sinceMs: atMs,
  startedAtMs: null,
  finishedAtMs: null,
  requestId: null,
  attempts: 0,
  outputs: {},
  error: null,
})

const noUndo: UndoMemory = {
  callsDone: 0,
  lookedBefore: false,
  before: null,
  taken: false,
  uncertain: false,
  operationId: null,
}

/** A run of which nothing has happened yet. */
export function newRecord(of: {
  readonly id: string
  readonly intentId: string
  readonly kind: string
  readonly by: Actor
  readonly plan: Plan
  readonly target: Run['target']
  readonly nowMs: number
}): RunRecord {
  const { id, intentId, kind, by, plan, target, nowMs } = of
  return {
    version: 1,
    kind,
    by,
    checked: false,
    left: null,
    run: {
      id,
      intentId,
      plan,
      target,
      startedAtMs: nowMs,
      finishedAtMs: null,
      state: 'running',
      steps: plan.steps.map((step) => queued(step.id, nowMs)),
      differences: [],
      error: null,
    },
    memory: plan.steps.map((step) => ({
      stepId: step.id,
      generation: 0,
      token: tokenOf(intentId, step.id, 0),
      waitedBefore: false,
      lookedBefore: false,
      before: null,
      sentAtMs: null,
      taken: false,
      uncertain: false,
      operationId: null,
      deploymentId: null,
      settled: false,
      undo: noUndo,
    })),
  }
}
