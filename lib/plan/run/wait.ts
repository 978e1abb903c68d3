import 'server-only'
import type { Wait } from '../plan'
import { startWait, type WaitSubject } from '../waits/read'
import { type WaitEnd, waitUntil } from '../waits/until'
import type { RunContext } from './context'
import { failed, resolvedInput } from './inputs'
import type { At } from './next'

/** Waits as a plan says; `stepId`: who is told what is waited for. */
export function waitFor(
  context: RunContext,
  at: At,
  wait: Wait,
  subject: Omit<WaitSubject, 'token' | 'outputs'>,
): Promise<WaitEnd> {
  const { time, pace, target } = context
  const { outputs } = at.state
  const look = startWait(
    () => target.clients(),
    wait,
    { ...subject, outputs, token: at.memory.token },
    time.now,
  )
  return waitUntil({
    look,
    failureOf: (error) => failed(context, error, `waiting for ${subject.command}`),
    timeoutMs: wait.timeoutMs,
    pace,
    time,
    tell: (words) => context.tell({ type: 'waiting', stepId: at.step.id, atMs: time.now(), words }),
  })
}

export async function waitBefore(context: RunContext, at: At): Promise<void> {
  const { step } = at
  const stepId = step.id
  if (!step.before) return
  const end = await waitFor(context, at, step.before, {
    command: step.command,
    input: resolvedInput(context, step.input),
    operationId: null,
    deploymentId: null,
  })
  const atMs = context.time.now()
  if (end.state === 'done') context.tell({ type: 'waited before', stepId, atMs })
  else context.tell({ type: 'wait failed', stepId, atMs, error: end.error, nothingMade: false })
}

export async function waitAfter(context: RunContext, at: At): Promise<void> {
  const { step, memory } = at
  const stepId = step.id
  const end: WaitEnd = step.after
    ? await waitFor(context, at, step.after, {
        command: step.command,
        input: resolvedInput(context, step.input),
        operationId: memory.operationId,
        deploymentId: memory.deploymentId,
      })
    : { state: 'done', outputs: {} }
  const atMs = context.time.now()
  if (end.state === 'done') context.tell({ type: 'settled', stepId, atMs, outputs: end.outputs })
  else context.tell({ type: 'wait failed', stepId, atMs, error: end.error, nothingMade: end.nothingMade })
  await context.save()
  context.lookAfterChange()
}
