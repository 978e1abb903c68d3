import type { Run } from '@/lib/plan/run-state'
import type { InstanceNode, ServiceNode, Topology } from '@/lib/topology/model'

/** The tasks of a service while one deployment takes over from another. */
export type RolloutView = {
  readonly serviceId: string
  readonly name: string
  /** In words: `2 of 3 new tasks ready, 1 old task left`. */
  readonly stage: string
  readonly fresh: readonly InstanceNode[]
  readonly old: readonly InstanceNode[]
  /** Of this deployment, newest first, at most four. */
  readonly events: readonly { readonly id: string; readonly atMs: number; readonly message: string }[]
  readonly startedAtMs: number
}

const EVENTS = 4
const tasks = (count: number, kind: string) => `${count} ${kind} ${count === 1 ? 'task' : 'tasks'}`

function stageOf(ready: number, desired: number, fresh: number, old: number): string {
  if (desired === 0) return old > 0 ? `stopping ${tasks(old, 'old')}` : 'no task is wanted'
  if (fresh === 0) return `starting ${tasks(desired, 'new')}`
  const told = `${Math.min(ready, desired)} of ${tasks(desired, 'new')} ready`
  if (old === 0) return ready >= desired ? 'all new tasks ready; ECS makes sure that they stay' : told
  return `${told}, ${tasks(old, 'old')} left`
}

/** Runs and is well: ECS counts a task that waits for its first health check as running too. */
const isReady = ({ state }: InstanceNode): boolean => state === 'healthy'

/** How the rollout of a service stands; null: none is under way. */
export function rolloutView(service: ServiceNode): RolloutView | null {
  const { ecs } = service
  const rollout = ecs?.rollout
  if (!rollout) return null
  const own = service.instances.filter(({ taskId }) => taskId !== null)
  const fresh = own.filter(({ deploymentId }) => deploymentId === rollout.deploymentId)
  const old = own.filter(({ deploymentId }) => deploymentId !== rollout.deploymentId)
  return {
    serviceId: service.id,
    name: service.name,
    stage: stageOf(fresh.filter(isReady).length, rollout.desired, fresh.length, old.length),
    fresh,
    old,
    events: ecs.events.filter(({ atMs }) => atMs >= rollout.startedAtMs).slice(0, EVENTS),
    startedAtMs: rollout.startedAtMs,
  }
}

/** The ARN of the service whose deployment a run waits for now; null: it waits for none. */
export function deployingArn(run: Run): string | null {
  const at = run.steps.findIndex(({ state }) => state === 'waiting' || state === 'undoing')
  const step = run.plan.steps[at]
  if (step?.command !== 'ecs:UpdateService') return null
  const { service } = step.input
  return typeof service === 'string' ? service : null
}

/** The service on the map that a run deploys now. */
export function deployingService(run: Run, topology: Topology | undefined): ServiceNode | null {
  const arn = deployingArn(run)
  return (arn !== null && topology?.services.find(({ ecs }) => ecs?.arn === arn)) || null
}
