import type { PlanStep } from '@/lib/plan/plan'
import type { Answer, RunEvent } from '@/lib/plan/run/event'
import { newRecord, type RunRecord, type StepMemory } from '@/lib/plan/run/record'
import { reduce } from '@/lib/plan/run/reduce'
import type { Run, StepRun } from '@/lib/plan/run-state'
import { planStep } from '@/lib/plan/step'
import { planOf, webDefinition } from './plans'
import { localTarget } from './topology-fixtures'

/** One step of each nature: done at once, by an operation, with two calls to take it back, waited for before, never taken back. */
export const fewSteps: readonly PlanStep[] = [
  planStep(
    { command: 'ecs:CreateCluster', input: { clusterName: 'shop' } },
    { id: 'cluster', sentence: 'Create cluster shop.' },
  ),
  planStep(
    { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'shop' } },
    { id: 'namespace', sentence: 'Create namespace shop.' },
  ),
  planStep(
    { command: 'ecs:RegisterTaskDefinition', input: webDefinition('shop') },
    { id: 'revision', sentence: 'Register a revision of shop.' },
  ),
  planStep(
    { command: 'servicediscovery:DeleteService', input: { Id: 'srv-1' } },
    { id: 'delete', sentence: 'Delete discovery service srv-1.' },
  ),
]

export const fault = { code: 'Fault', message: 'It went wrong.', remedy: 'Try again.' }

export const freshRecord = (steps: readonly PlanStep[] = fewSteps): RunRecord =>
  newRecord({
    id: 'run-1',
    intentId: 'intent-1',
    kind: 'test',
    by: { sessionId: 'session-1', role: 'operator', address: '127.0.0.1' },
    plan: planOf(steps),
    target: localTarget,
    nowMs: 1_000,
  })

type Own = { readonly state?: Partial<StepRun>; readonly memory?: Partial<StepMemory> }

/** A record in the middle: checked, with what is said of the run and of its steps. */
export function recordWith(
  own: Readonly<Record<string, Own>>,
  run: Partial<Run> = {},
  steps: readonly PlanStep[] = fewSteps,
): RunRecord {
  const record = freshRecord(steps)
  return {
    ...record,
    checked: true,
    run: {
      ...record.run,
      ...run,
      steps: record.run.steps.map((step) => ({ ...step, ...own[step.stepId]?.state })),
    },
    memory: record.memory.map((memory) => ({ ...memory, ...own[memory.stepId]?.memory })),
  }
}

/** An answer of AWS with nothing that a test does not care about. */
export const anAnswer = (own: Partial<Answer> = {}): Answer => ({
  requestId: 'request-1',
  outputs: {},
  operationId: null,
  deploymentId: null,
  made: true,
  ...own,
})

/** A step of a record, what is shown and what is remembered. */
export function stepIn(
  record: RunRecord,
  stepId: string,
): { readonly state: StepRun; readonly memory: StepMemory } {
  const state = record.run.steps.find((step) => step.stepId === stepId)
  const memory = record.memory.find((one) => one.stepId === stepId)
  if (!state || !memory) throw new Error(`no step ${stepId}`)
  return { state, memory }
}

/** The record after all of these. */
export const told = (record: RunRecord, ...events: readonly RunEvent[]): RunRecord =>
  events.reduce(reduce, record)
