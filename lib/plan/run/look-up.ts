import 'server-only'
import { commandRunners } from '../commands/all'
import type { Recognised } from '../commands/runner'
import type { Failure } from '../failure'
import { waitUntil } from '../waits/until'
import type { RunContext } from './context'
import type { Answer } from './event'
import { cluesOf, failed, resolvedInput } from './inputs'
import type { At } from './next'

/** Looks for a lost answer until it is clear whether AWS has done it. Throws nothing: an end in `failed` says why it is not clear. */
export async function recognise(
  context: RunContext,
  stepId: string,
  command: string,
  look: () => Promise<Recognised>,
): Promise<{ readonly answer: Answer | null } | { readonly failure: Failure['error'] }> {
  const { time, pace, lookUpMs } = context
  let answer: Answer | null = null
  const end = await waitUntil({
    look: async () => {
      const seen = await look()
      if (seen.found === null) return { state: 'waiting', words: seen.waitingFor }
      answer = seen.found ? seen.answer : null
      return { state: 'done', outputs: {} }
    },
    failureOf: (error) => failed(context, error, `looking for ${command}`),
    timeoutMs: lookUpMs,
    pace,
    time,
    tell: (words) => {
      if (context.record().run.state === 'running')
        context.tell({ type: 'waiting', stepId, atMs: time.now(), words })
    },
  })
  return end.state === 'done' ? { answer } : { failure: end.error }
}

/** Writes down what a look-up found; null: AWS has not done it. */
export const concludeLookUp = (
  context: RunContext,
  stepId: string,
  answer: Answer | null,
  atMs: number,
): Promise<void> =>
  context.concludeOpen(stepId, {
    atMs,
    result: answer ? 'done' : 'failed',
    requestId: null,
    durationMs: null,
    errorCode: answer ? null : 'NotDone',
  })

/** Finds out whether AWS has taken a step's call, and tells so. */
export async function lookUp(context: RunContext, at: At): Promise<void> {
  const { step } = at
  const stepId = step.id
  const input = resolvedInput(context, step.input)
  const seen = await recognise(context, stepId, step.command, () =>
    commandRunners[step.command].recognise(context.target.clients(), input, cluesOf(at)),
  )
  const atMs = context.time.now()
  if ('failure' in seen) {
    context.tell({
      type: 'look-up failed',
      stepId,
      atMs,
      error: {
        code: seen.failure.code,
        message: `It is not known whether this was done: ${step.sentence} ${seen.failure.message}`,
        remedy: 'Retry looks again before anything is sent; nothing is done twice.',
      },
    })
    await context.save()
    return
  }
  const { answer } = seen
  context.tell(answer ? { type: 'found', stepId, atMs, answer } : { type: 'not found', stepId, atMs })
  await concludeLookUp(context, stepId, answer, atMs)
}
