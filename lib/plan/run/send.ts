import 'server-only'
import { commandRunners } from '../commands/all'
import { subjectOfCall } from '../subject-of-call'
import type { RunContext } from './context'
import type { Answer } from './event'
import { cluesOf, failed, resolvedInput } from './inputs'
import type { At } from './next'

export async function lookBefore(context: RunContext, { step }: At): Promise<void> {
  const runner = commandRunners[step.command]
  const facts = await runner.lookBefore(context.target.clients(), resolvedInput(context, step.input))
  context.tell({ type: 'looked before', stepId: step.id, atMs: context.time.now(), facts })
}

export async function send(context: RunContext, at: At): Promise<void> {
  const { step } = at
  const { time } = context
  const stepId = step.id
  const input = resolvedInput(context, step.input)
  const startedAtMs = time.now()
  const intentSeq = await context.intend(
    { type: 'sending', stepId, atMs: startedAtMs },
    {
      stepId,
      command: step.command,
      subject: subjectOfCall(input),
      sentence: step.sentence,
      action: context.record().kind,
    },
  )
  const sent = { ...cluesOf(at), sentAtMs: at.memory.sentAtMs ?? startedAtMs }
  let answer: Answer
  try {
    answer = await commandRunners[step.command].send(context.target.clients(), input, sent)
  } catch (error) {
    const failure = failed(context, error, step.command)
    const atMs = time.now()
    const { requestId } = failure
    const type = failure.maybeDone ? 'no answer' : 'refused'
    context.tell({ type, stepId, atMs, error: failure.error, requestId })
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
  context.tell({ type: 'answered', stepId, atMs, answer })
  await context.conclude(intentSeq, stepId, {
    atMs,
    result: 'done',
    requestId: answer.requestId,
    durationMs: atMs - startedAtMs,
    errorCode: null,
  })
  context.lookAfterChange()
}
