import type { TargetIdentity } from '../inventory/model'
import type { OutputName } from './command'
import type { Plan, Refused } from './plan'
import type { Difference } from './seen'

export type StepState =
  | 'queued'
  | 'running' // the call is on its way
  | 'waiting' // AWS took it; not done yet
  | 'done'
  | 'failed'
  | 'unknown' // no answer came: AWS may have done it
  | 'undoing'
  | 'undone'
  | 'undo failed'

export type StepRun = {
  readonly stepId: string
  readonly state: StepState
  /** false: it was there already, so an undo leaves it alone. null: not known (yet). */
  readonly made: boolean | null
  /** What is waited for, in words: `both tasks of web to run`; with `sinceMs` its age can be shown. */
  readonly waitingFor: string | null
  /** When the step came into its state. */
  readonly sinceMs: number
  readonly startedAtMs: number | null
  readonly finishedAtMs: number | null
  readonly requestId: string | null
  readonly attempts: number
  readonly outputs: Readonly<Partial<Record<OutputName, string>>>
  /** AWS's error, what it usually means and the next step. */
  readonly error: Refused | null
}

export type RunState =
  | 'running'
  | 'done'
  | 'failed'
  | 'unknown' // a step's outcome is not known and could not be looked up
  | 'interrupted' // the console ended in the middle; nothing goes on by itself
  | 'stale' // the world had moved on: nothing was sent
  | 'undoing'
  | 'undone'
  | 'undo failed'

/** A run of a plan as the journal holds it and every screen shows it. Times are epoch milliseconds. */
export type Run = {
  readonly id: string
  /** One per intent of a person: the same intent never runs twice. */
  readonly intentId: string
  readonly plan: Plan
  readonly target: TargetIdentity
  readonly startedAtMs: number
  readonly finishedAtMs: number | null
  readonly state: RunState
  /** In the plan's order. */
  readonly steps: readonly StepRun[]
  /** When stale: how the world differs from what was seen. */
  readonly differences: readonly Difference[]
  /** Why nothing was sent, when that is not a step's fault. */
  readonly error: Refused | null
}

/** What a person can do with a run now. */
export const canRetry = (run: Run): boolean =>
  run.state === 'failed' || run.state === 'unknown' || run.state === 'interrupted'

/** Something was made and may be taken back. */
export const canUndo = (run: Run): boolean =>
  run.state !== 'running' &&
  run.state !== 'undoing' &&
  run.steps.some(
    (step) =>
      step.state !== 'undone' &&
      (step.made === true || step.state === 'unknown') &&
      run.plan.steps.find((planned) => planned.id === step.stepId)?.undo.possible === true,
  )
