import 'server-only'
import type { Clues } from '../commands/runner'
import { type Failure, failureOf } from '../failure'
import { resolveRefs, UnresolvedRef } from '../references'
import type { RunContext } from './context'
import type { At } from './next'

/** The input of a step's call with every reference replaced. Throws `UnresolvedRef`. */
export const resolvedInput = (context: RunContext, input: unknown): unknown =>
  resolveRefs(
    input,
    (stepId) => context.record().run.steps.find((step) => step.stepId === stepId)?.outputs ?? {},
  )

/** What a failed call comes down to; a reference that nothing was given for is a fault of the plan. */
export function failed(context: RunContext, error: unknown, command: string): Failure {
  if (error instanceof UnresolvedRef)
    return {
      error: {
        code: 'UnresolvedRef',
        message: error.message,
        remedy: 'Nothing was sent for this step. Undo what was made and start the change anew.',
      },
      requestId: null,
      maybeDone: false,
      isPassing: false,
    }
  return failureOf(error, command, context.target.settings, context.time.now())
}

/** What is known when the answer to a step's call is lost. */
export const cluesOf = ({ memory }: At): Clues => ({
  token: memory.token,
  before: memory.before,
  sentAtMs: memory.sentAtMs,
})
