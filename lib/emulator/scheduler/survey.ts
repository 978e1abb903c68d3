import { hasHealthCheck, isPending, taskHealth } from '../ecs/tasks/task-status'
import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state/ecs'

/** The tasks of a service that are meant to run, sorted by what they are worth. */
export type Survey = {
  /** Of the newest deployment, not known to be unhealthy. */
  readonly good: readonly Readonly<TaskRecord>[]
  /** Those of `good` that count as healthy. */
  readonly healthy: readonly Readonly<TaskRecord>[]
  /** Of the newest deployment, failing their health checks. */
  readonly unhealthy: readonly Readonly<TaskRecord>[]
  /** Of earlier deployments, RUNNING and not known to be unhealthy: they hold the service up. */
  readonly holding: readonly Readonly<TaskRecord>[]
  /** Of earlier deployments, of no use: still on their way or unhealthy. */
  readonly idle: readonly Readonly<TaskRecord>[]
  /** When a task will count differently by the clock alone. */
  readonly dueAtMs: number | undefined
}

/** How long a task without a health check must have been RUNNING to count as healthy. */
export type HealthTimes = { readonly healthyAfterMs: number }

/**
 * Sorts the tasks of a service. A task is healthy when it is RUNNING and its essential containers with a health check are
 * HEALTHY; without any health check, some time after RUNNING (ECS developer guide, "Service deployment parameters").
 */
export function surveyTasks(
  service: Readonly<ServiceRecord>,
  primary: Readonly<DeploymentRecord>,
  nowMs: number,
  { healthyAfterMs }: HealthTimes,
): Survey {
  const good: TaskRecord[] = []
  const healthy: TaskRecord[] = []
  const unhealthy: TaskRecord[] = []
  const holding: TaskRecord[] = []
  const idle: TaskRecord[] = []
  let dueAtMs: number | undefined
  const graceMs = (service.settings.healthCheckGracePeriodSeconds ?? 0) * 1_000

  /** Whether this moment has passed; remembers it when it has not. */
  const reached = (atMs: number): boolean => {
    if (nowMs < atMs) dueAtMs = Math.min(dueAtMs ?? atMs, atMs)
    return nowMs >= atMs
  }
  const failsChecks = (task: TaskRecord): boolean =>
    task.lastStatus === 'RUNNING' &&
    taskHealth(task) === 'UNHEALTHY' &&
    reached((task.startedAtMs ?? nowMs) + graceMs)
  const countsAsHealthy = (task: TaskRecord): boolean => {
    if (task.lastStatus !== 'RUNNING') return false
    if (hasHealthCheck(task)) return taskHealth(task) === 'HEALTHY'
    return reached((task.startedAtMs ?? nowMs) + healthyAfterMs)
  }

  for (const task of service.tasks.values()) {
    if (task.desiredStatus !== 'RUNNING') continue
    if (task.deploymentId === primary.id) {
      if (failsChecks(task)) unhealthy.push(task)
      else {
        good.push(task)
        if (countsAsHealthy(task)) healthy.push(task)
      }
    } else if (task.lastStatus === 'RUNNING' && !failsChecks(task)) holding.push(task)
    else idle.push(task)
  }
  return { good, healthy, unhealthy, holding, idle, dueAtMs }
}

/** Old deployments of which nothing runs or is on its way: they are over. */
export function finishedDeployments(service: Readonly<ServiceRecord>): string[] {
  const alive = new Set<string>()
  for (const task of service.tasks.values())
    if (task.deploymentId !== undefined && (task.lastStatus === 'RUNNING' || isPending(task)))
      alive.add(task.deploymentId)
  return service.deployments.slice(1).flatMap(({ id }) => (alive.has(id) ? [] : [id]))
}
