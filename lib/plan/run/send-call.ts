import 'server-only'
import type { PlannedCall } from '../command'
import { commandRunners } from '../commands/all'
import type { Clues } from '../commands/runner'
import type { Failure } from '../failure'
import { subjectOfCall } from '../subject-of-call'
import type { RunContext } from './context'
import type { Answer, RunEvent } from './event'
import { failed, resolvedInput } from './inputs'

/** A call of a step or of its undo, and what its outcomes mean to the run. */
export type Sending = {
  readonly stepId: string
  readonly call: PlannedCall
  /** For the audit: what was wanted, and the sentence for a person. */
  readonly action: string
  readonly sentence: string
  readonly clues: (startedAtMs: number) => Clues
  readonly begins: 'sending' | 'undo sending'
  readonly answered: (answer: Answer, atMs: number) => RunEvent
  readonly failed: (failure: Failure, atMs: number) => RunEvent
}

/** Sends a call: written down before, so that none is lost, and with its outcome after. Throws `UnresolvedRef`, before anything is sent. */
export async function sendCall(context: RunContext, of: Sending): Promise<void> {
  const { time } = context
  const { stepId, call, sentence, action } = of
  const { command } = call
  const input = resolvedInput(context, call.input)
  const startedAtMs = time.now()
  const intentSeq = await context.intend(
    { type: of.begins, stepId, atMs: startedAtMs },
    { stepId, command, subject: subjectOfCall(input), sentence, action },
  )
  const attempt = async (): Promise<Answer> =>
    commandRunners[command].send(context.target.clients(), input, of.clues(startedAtMs))
  const { answer, failure } = await attempt().then(
    (got) => ({ answer: got, failure: null }),
    (error: unknown) => ({ answer: null, failure: failed(context, error, command) }),
  )
  const atMs = time.now()
  context.tell(failure ? of.failed(failure, atMs) : of.answered(answer, atMs))
  await context.conclude(intentSeq, stepId, {
    atMs,
    result: !failure ? 'done' : failure.maybeDone ? 'unknown' : 'failed',
    requestId: (failure ?? answer).requestId,
    durationMs: atMs - startedAtMs,
    errorCode: failure?.error.code ?? null,
  })
  context.lookAfterChange()
}
