import 'server-only'
import { commandRunners } from '../commands/all'
import type { UndoCall } from '../plan'
import { subjectOfCall } from '../subject-of-call'
import type { RunContext } from './context'
import type { Answer } from './event'
import { failed, resolvedInput } from './inputs'
import { recognise } from './look-up'
import type { At } from './next'
import { waitFor } from './wait'

/** Deletions know no tokens. */
const noClues = { token: '', before: null, sentAtMs: null }

/** Sends a call that takes a step back; what is gone already counts as done. */
export async function sendUndo(context: RunContext, { step }: At, call: UndoCall): Promise<void> {
  const { time } = context
  const stepId = step.id
  const input = resolvedInput(context, call.input)
  const startedAtMs = time.now()
  const intentSeq = await context.intend(
    { type: 'undo sending', stepId, atMs: startedAtMs },
    {
      stepId,
      command: call.command,
      subject: subjectOfCall(input),
      sentence: step.undo.sentence,
      action: `undo of ${context.record().kind}`,
    },
  )
  let answer: Answer
  try {
    answer = await commandRunners[call.command].send(context.target.clients(), input, noClues)
  } catch (error) {
    const failure = failed(context, error, call.command)
    const { requestId } = failure
    const atMs = time.now()
    const type = failure.maybeDone ? 'undo no answer' : 'undo failed'
    context.tell({ type, stepId, atMs, error: failure.error })
    await context.conclude(intentSeq, stepId, {
      atMs,
      result: failure.maybeDone ? 'unknown' : 'failed',
      requestId,
      durationMs: atMs - startedAtMs,
      errorCode: failure.error.code,
    })
    context.lookAfterChange()
    return
  }
  const atMs = time.now()
  context.tell({ type: 'undo answered', stepId, atMs, operationId: answer.operationId })
  await context.conclude(intentSeq, stepId, {
    atMs,
    result: 'done',
    requestId: answer.requestId,
    durationMs: atMs - startedAtMs,
    errorCode: null,
  })
  context.lookAfterChange()
}

/** Finds out whether AWS has taken an undo call. */
export async function lookUpUndo(context: RunContext, { step }: At, call: UndoCall): Promise<void> {
  const stepId = step.id
  const input = resolvedInput(context, call.input)
  const seen = await recognise(context, stepId, call.command, () =>
    commandRunners[call.command].recognise(context.target.clients(), input, noClues),
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
  await context.concludeOpen(stepId, {
    atMs,
    result: seen.answer ? 'done' : 'failed',
    requestId: null,
    durationMs: null,
    errorCode: seen.answer ? null : 'NotDone',
  })
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
