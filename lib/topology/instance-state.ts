import type { DiscoveryInstance, Task } from '../inventory/model'
import type { InstanceState } from './model'

/** ECS may still register a task, and Cloud Map still take its health over, this long after it runs. */
export const SETTLING_MS = 60_000

const starting = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING'])
const stopping = new Set(['DEACTIVATING', 'STOPPING', 'DEPROVISIONING'])

/** Whether the stop was somebody's wish: scaling, a deployment, StopTask, or the end of the host under it. */
function wasWished(task: Task): boolean {
  if (task.stopCode === 'UserInitiated' || task.stopCode === 'TerminationNotice') return true
  if (task.stopCode !== 'ServiceSchedulerInitiated') return false
  return !/health check/i.test(task.stoppedReason ?? '')
}

/** Whether a stopped task tells of a fault. */
export function hasFailed(task: Task): boolean {
  return task.lastStatus === 'STOPPED' && !wasWished(task)
}

export type Registration =
  /** The task's service registers nowhere, or its registry could not be read. */
  | 'not expected'
  /** It should be in the registry and is not. */
  | 'missing'
  | DiscoveryInstance['health']

export type InstanceVerdict = { readonly state: InstanceState; readonly reason: string | null }

/** What one task's dot says. `nowMs` is when the facts were read. */
export function taskVerdict(task: Task, registration: Registration, nowMs: number): InstanceVerdict {
  if (task.lastStatus === 'STOPPED')
    return { state: hasFailed(task) ? 'failing' : 'stopping', reason: stopReason(task) }
  if (task.desiredStatus === 'STOPPED' || stopping.has(task.lastStatus))
    return { state: 'stopping', reason: stopReason(task) }
  if (starting.has(task.lastStatus)) return { state: 'starting', reason: null }
  if (task.health === 'UNHEALTHY') return { state: 'unhealthy', reason: 'Its container health check fails.' }
  const settling = nowMs - (task.startedAtMs ?? task.createdAtMs) < SETTLING_MS
  if (registration === 'UNHEALTHY') {
    if (settling || task.health === 'UNKNOWN')
      return settling
        ? { state: 'starting', reason: 'Cloud Map has not taken it as healthy yet.' }
        : { state: 'unhealthy', reason: 'Cloud Map says it is unhealthy.' }
    return { state: 'unhealthy', reason: 'Cloud Map says it is unhealthy, ECS says it is healthy.' }
  }
  if (registration === 'missing')
    return settling
      ? { state: 'starting', reason: 'Not registered in Cloud Map yet.' }
      : { state: 'unhealthy', reason: 'It runs but is not registered in Cloud Map: nobody can discover it.' }
  return { state: 'healthy', reason: null }
}

function stopReason(task: Task): string | null {
  const exited = task.containers.find((container) => container.exitCode !== null && container.exitCode !== 0)
  const detail = exited
    ? `${exited.name} exited with code ${exited.exitCode}${exited.reason ? ` (${exited.reason})` : ''}`
    : (task.containers.find((container) => container.reason !== null)?.reason ?? null)
  if (task.stoppedReason && detail) return `${task.stoppedReason}: ${detail}`
  return task.stoppedReason ?? detail
}

/** What a registered instance says for which no task is known. */
export function registeredVerdict(instance: DiscoveryInstance, isOrphan: boolean): InstanceVerdict {
  if (isOrphan) return { state: 'orphaned', reason: 'Cloud Map still names it, but its task is gone.' }
  return instance.health === 'UNHEALTHY'
    ? { state: 'unhealthy', reason: 'Cloud Map says it is unhealthy.' }
    : { state: 'healthy', reason: null }
}
