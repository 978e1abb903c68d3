import 'server-only'
import { commandRunners } from '../commands/all'
import type { Clues } from '../commands/runner'
import type { UndoCall } from '../plan'
import type { RunContext } from './context'
import { resolvedInput } from './inputs'
import { concludeLookUp, recognise } from './look-up'
import type { At } from './next'
import { sendCall } from './send-call'
import { waitFor } from './wait'

/** No call that takes something back knows tokens. */
const cluesOf = ({ memory }: At): Clues => ({ token: '', before: memory.undo.before, sentAtMs: null })

/** Waits until an undo call may be sent, and keeps what AWS has before. Throws the SDK's errors. */
export async function lookBeforeUndo(context: RunContext, at: At, call: UndoCall): Promise<void> {
  const { command } = call
  const stepId = at.step.id
  const input = resolvedInput(context, call.input)
  const end = call.before
    ? await waitFor(context, at, call.before, { command, input, operationId: null, deploymentId: null })
    : { state: 'done' as const }
  const { now } = context.time
  if (end.state === 'failed') {
    context.tell({ type: 'undo failed', stepId, atMs: now(), error: end.error })
    return
  }
  const facts = await commandRunners[command].lookBefore(context.target.clients(), input)
  context.tell({ type: 'undo looked before', stepId, atMs: now(), facts })
}

/** Sends a call that takes a step back; what is gone already counts as done. */
export function sendUndo(context: RunContext, at: At, call: UndoCall): Promise<void> {
  const { step } = at
  const stepId = step.id
  return sendCall(context, {
    stepId,
    call,
    action: `undo of ${context.record().kind}`,
    sentence: call.sentence ?? step.undo.sentence,
    clues: () => cluesOf(at),
    begins: 'undo sending',
    answered: ({ operationId }, atMs) => ({ type: 'undo answered', stepId, atMs, operationId }),
    failed: ({ maybeDone, error }, atMs) => ({
      type: maybeDone ? 'undo no answer' : 'undo failed',
      stepId,
      atMs,
      error,
    }),
  })
}

/** Finds out whether AWS has taken an undo call. */
export async function lookUpUndo(context: RunContext, at: At, call: UndoCall): Promise<void> {
  const stepId = at.step.id
  const input = resolvedInput(context, call.input)
  const seen = await recognise(context, stepId, call.command, () =>
    commandRunners[call.command].recognise(context.target.clients(), input, cluesOf(at)),
  )
  const atMs = context.time.now()
  if ('failure' in seen) {
    context.tell({ type: 'undo not known', stepId, atMs, error: seen.failure })
    await context.save()
    return
  }
  context.tell(
    seen.answer
      ? { type: 'undo answered', stepId, atMs, operationId: seen.answer.operationId }
      : { type: 'undo not taken', stepId, atMs },
  )
  await concludeLookUp(context, stepId, seen.answer, atMs)
}

/** Waits until what an undo call began has ended. */
export async function waitUndo(context: RunContext, at: At, call: UndoCall): Promise<void> {
  const stepId = at.step.id
  const end = call.wait
    ? await waitFor(context, at, call.wait, {
        command: call.command,
        input: resolvedInput(context, call.input),
        operationId: at.memory.undo.operationId,
        deploymentId: null,
      })
    : { state: 'done' as const }
  const atMs = context.time.now()
  context.tell(
    end.state === 'done'
      ? { type: 'undo waited', stepId, atMs }
      : { type: 'undo failed', stepId, atMs, error: end.error },
  )
  await context.save()
  context.lookAfterChange()
}
