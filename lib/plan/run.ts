import 'server-only'
import { StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { checkAccount } from '@/lib/target/account-pin'
import type { Clients } from '@/lib/target/clients'
import type { Target } from '@/lib/target/current'
import { holeFromError } from '@/lib/target/hole'
import { readAccountId } from '@/lib/target/identity'
import { isRef } from './command'
import type { Plan, PlanStep, Refused } from './plan'

type StepResult = {
  readonly stepId: string
  readonly outcome: 'done' | 'failed' | 'unknown' | 'not run'
  readonly requestId: string | null
  readonly error: Refused | null
  readonly finishedAtMs: number | null
}

export type PlanResult = {
  readonly outcome: 'done' | 'failed' | 'unknown' | 'refused'
  readonly steps: readonly StepResult[]
  /** Set unless all is done. */
  readonly error: Refused | null
}

/** Sends one call; gives AWS's request id. */
async function send(clients: Pick<Clients, 'ecs'>, { command, input }: PlanStep): Promise<string | null> {
  switch (command) {
    case 'ecs:UpdateService': {
      const { cluster, service, desiredCount } = input
      if (isRef(cluster) || isRef(service)) break
      const command = new UpdateServiceCommand({ cluster, service, desiredCount })
      return (await clients.ecs.send(command)).$metadata.requestId ?? null
    }
    case 'ecs:StopTask': {
      const { cluster, task, reason } = input
      if (isRef(cluster) || isRef(task) || isRef(reason)) break
      return (
        (await clients.ecs.send(new StopTaskCommand({ cluster, task, reason }))).$metadata.requestId ?? null
      )
    }
  }
  throw new Error(`A plan step ${command} cannot be sent.`)
}

const notRun = (step: PlanStep): StepResult => ({
  stepId: step.id,
  outcome: 'not run',
  requestId: null,
  error: null,
  finishedAtMs: null,
})

/** Whether this target may be changed at all, and still is the account on the screen. */
async function refusalOf(target: Target, clients: Clients, nowMs: number): Promise<Refused | null> {
  if (target.settings.readOnly)
    return {
      code: 'ReadOnly',
      message: 'This console is read-only: nothing was changed.',
      remedy: 'Start it without --read-only to make changes.',
    }
  const seen = await readAccountId(clients, target.settings, nowMs)
  const verdict = checkAccount(target.settings.kind, target.pinnedAccountId, seen.accountId)
  return verdict.ok ? null : { code: 'WrongAccount', message: verdict.message, remedy: verdict.remedy }
}

async function runStep(
  target: Target,
  clients: Clients,
  step: PlanStep,
  now: () => number,
): Promise<StepResult> {
  try {
    const requestId = await send(clients, step)
    return { stepId: step.id, outcome: 'done', requestId, error: null, finishedAtMs: now() }
  } catch (error) {
    const hole = holeFromError(error, { operation: step.command, subject: null }, target.settings, now())
    // A request that got no answer may have been carried out all the same.
    const unknown = hole.kind === 'unreachable' && hole.errorName !== 'ECONNREFUSED'
    return {
      stepId: step.id,
      outcome: unknown ? 'unknown' : 'failed',
      requestId: null,
      error: unknown
        ? {
            code: hole.errorName,
            message: `${hole.message} It is not known whether this was done: ${step.sentence}`,
            remedy: 'Look at the map before trying again.',
          }
        : { code: hole.errorName, message: hole.message, remedy: hole.remedy },
      finishedAtMs: now(),
    }
  }
}

/**
 * Runs a plan step by step and stops at the first that is not done. Nothing is sent when the console is read-only or the account is not
 * the one on the screen. Never throws: what happened is in the result.
 */
export async function runPlan(plan: Plan, target: Target, now: () => number): Promise<PlanResult> {
  const clients = target.clients()
  const refusal = await refusalOf(target, clients, now())
  if (refusal) return { outcome: 'refused', steps: plan.steps.map(notRun), error: refusal }
  const steps: StepResult[] = []
  for (const step of plan.steps) {
    const last = steps.at(-1)
    steps.push(last && last.outcome !== 'done' ? notRun(step) : await runStep(target, clients, step, now))
  }
  const broken = steps.find((step) => step.outcome === 'failed' || step.outcome === 'unknown')
  if (!broken) return { outcome: 'done', steps, error: null }
  return { outcome: broken.outcome === 'unknown' ? 'unknown' : 'failed', steps, error: broken.error }
}
