import type { TaskRecord, TaskStatus } from '../../state/ecs'

const pendingStatuses: ReadonlySet<TaskStatus> = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING'])

/** On its way to RUNNING: what `pendingCount` counts. */
export const isPending = ({ lastStatus }: Readonly<TaskRecord>): boolean => pendingStatuses.has(lastStatus)

/**
 * Health of a task from its essential containers with a health check: any UNHEALTHY, else any UNKNOWN, else HEALTHY.
 * Without a health check it is UNKNOWN (ECS developer guide, "Determine Amazon ECS task health using container health checks").
 */
export function taskHealth(task: Readonly<TaskRecord>): 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' {
  let health: 'HEALTHY' | 'UNKNOWN' = 'UNKNOWN'
  let unknown = false
  for (const container of task.containers) {
    if (!container.essential || !container.hasHealthCheck) continue
    if (container.health === 'UNHEALTHY') return 'UNHEALTHY'
    if (container.health === 'UNKNOWN') unknown = true
    else health = 'HEALTHY'
  }
  return unknown ? 'UNKNOWN' : health
}

/** Whether a health check of an essential container decides about this task. */
export const hasHealthCheck = (task: Readonly<TaskRecord>): boolean =>
  task.containers.some(({ essential, hasHealthCheck }) => essential && hasHealthCheck)
