import 'server-only'
import { commandRunners } from '../commands/all'
import type { RunContext } from './context'
import { cluesOf, resolvedInput } from './inputs'
import type { At } from './next'
import { sendCall } from './send-call'

/** Keeps what AWS has before a call is sent, where a lost answer can only be recognised by that. Throws the SDK's errors. */
export async function lookBefore(context: RunContext, { step }: At): Promise<void> {
  const runner = commandRunners[step.command]
  const facts = await runner.lookBefore(context.target.clients(), resolvedInput(context, step.input))
  context.tell({ type: 'looked before', stepId: step.id, atMs: context.time.now(), facts })
}

/** Sends a step's call. */
export function send(context: RunContext, at: At): Promise<void> {
  const { step, memory } = at
  const stepId = step.id
  return sendCall(context, {
    stepId,
    call: step,
    action: context.record().kind,
    sentence: step.sentence,
    clues: (startedAtMs) => ({ ...cluesOf(at), sentAtMs: memory.sentAtMs ?? startedAtMs }),
    begins: 'sending',
    answered: (answer, atMs) => ({ type: 'answered', stepId, atMs, answer }),
    failed: ({ maybeDone, error, requestId }, atMs) => ({
      type: maybeDone ? 'no answer' : 'refused',
      stepId,
      atMs,
      error,
      requestId,
    }),
  })
}
