import type { Plan, PlanStep } from '@/lib/plan/plan'
import type { Run, StepRun } from '@/lib/plan/run-state'
import { planStep, refTo } from '@/lib/plan/step'
import { localTarget } from './topology-fixtures'

const steps: readonly PlanStep[] = [
  planStep(
    { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'shop.local' } },
    { id: 'namespace', sentence: 'Create the HTTP namespace shop.local.' },
  ),
  planStep(
    {
      command: 'servicediscovery:CreateService',
      input: { Name: 'cart', NamespaceId: refTo('namespace', 'namespaceId') },
    },
    { id: 'discovery-cart', sentence: 'Create the discovery service cart.' },
  ),
  planStep(
    { command: 'ecs:StopTask', input: { cluster: 'default', task: 'abc' } },
    { id: 'stop', sentence: 'Stop task abc.' },
  ),
]

/** Three calls: two that can be taken back and one that cannot. */
export const threeStepPlan: Plan = {
  title: 'Create shop.local',
  steps,
  seen: [],
  consequences: [],
  confirm: null,
}

export const stepRun = (stepId: string, own: Partial<StepRun> = {}): StepRun => ({
  stepId,
  state: 'queued',
  made: null,
  waitingFor: null,
  sinceMs: 1_000,
  startedAtMs: null,
  finishedAtMs: null,
  requestId: null,
  attempts: 0,
  outputs: {},
  error: null,
  ...own,
})

/** A run of `threeStepPlan`; `own` by step, in order. */
export const madeUpRun = (own: Partial<Run> = {}, ...stepsOwn: readonly Partial<StepRun>[]): Run => ({
  id: 'run-1',
  intentId: 'intent-1',
  plan: threeStepPlan,
  target: localTarget,
  startedAtMs: 1_000,
  finishedAtMs: null,
  state: 'running',
  steps: threeStepPlan.steps.map((step, at) => stepRun(step.id, stepsOwn[at])),
  differences: [],
  error: null,
  ...own,
})
