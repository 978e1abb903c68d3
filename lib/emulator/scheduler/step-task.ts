import { hasHealthCheck, taskHealth } from '../ecs/tasks/task-status'
import type { TaskRecord, TaskStatus } from '../state/ecs'

/** What one task needs next. */
export type TaskAction =
  /** Into the next status; nothing else happens. */
  | { readonly kind: 'advance'; readonly to: TaskStatus }
  /** A network interface and a start by the runtime; then PENDING. */
  | { readonly kind: 'launch' }
  /** For service discovery and Service Connect; `deregister` takes it out of both. */
  | { readonly kind: 'register' }
  | { readonly kind: 'deregister' }
  | { readonly kind: 'tell-health'; readonly status: 'HEALTHY' | 'UNHEALTHY' }
  /** SIGTERM and so on; the runtime answers with `task-ended`. */
  | { readonly kind: 'end' }
  /** It can not go on: ask for its end. */
  | { readonly kind: 'stop'; readonly stopCode: string; readonly reason: string }
  /** It started well; failures before it no longer count. */
  | { readonly kind: 'prove' }
  /** Stopped for so long that nobody can describe it any more. */
  | { readonly kind: 'forget' }

/** What to do now, and when to look again if nothing happens before. */
export type TaskStep = { readonly actions: readonly TaskAction[]; readonly dueAtMs?: number }

export type TaskTimes = {
  /** How long each passing status lasts. */
  readonly taskStepMs: number
  readonly stoppedTaskKeptMs: number
}

const nothing: TaskStep = { actions: [] }
const doing = (...actions: TaskAction[]): TaskStep => ({ actions })
const advance = (to: TaskStatus): TaskAction => ({ kind: 'advance', to })

/**
 * The next step in the life of a task: PROVISIONING → PENDING → ACTIVATING → RUNNING → DEACTIVATING → STOPPING →
 * DEPROVISIONING → STOPPED (ECS developer guide, "Task lifecycle"). It is registered on the way into ACTIVATING and
 * deregistered on the way into DEACTIVATING, so before anything of it is stopped. Pure: call it again after performing
 * what it gave, until it gives nothing.
 */
export function stepTask(task: Readonly<TaskRecord>, nowMs: number, times: TaskTimes): TaskStep {
  const cause = task.desiredStatus === 'RUNNING' ? stopCause(task) : undefined
  if (cause) return doing(cause)
  const stopping = task.desiredStatus === 'STOPPED'
  const stepEndsAtMs = task.statusSinceMs + times.taskStepMs
  const afterStep = (...actions: TaskAction[]): TaskStep =>
    nowMs >= stepEndsAtMs ? doing(...actions) : { actions: [], dueAtMs: stepEndsAtMs }

  switch (task.lastStatus) {
    case 'PROVISIONING':
      return stopping ? doing(advance('DEPROVISIONING')) : afterStep({ kind: 'launch' })
    case 'PENDING':
      if (stopping) return doing(advance('STOPPING'), { kind: 'end' })
      return allStarted(task) && isReachable(task)
        ? doing({ kind: 'register' }, advance('ACTIVATING'))
        : nothing
    case 'ACTIVATING':
      if (stopping) return doing({ kind: 'deregister' }, advance('DEACTIVATING'))
      return tellHealth(task) ?? afterStep(advance('RUNNING'))
    case 'RUNNING':
      if (stopping) return doing({ kind: 'deregister' }, advance('DEACTIVATING'))
      if (task.provedAtMs === undefined && isProved(task)) return doing({ kind: 'prove' })
      return tellHealth(task) ?? nothing
    case 'DEACTIVATING':
      return afterStep(advance('STOPPING'), { kind: 'end' })
    case 'STOPPING':
      return task.ended || !task.launched ? doing(advance('DEPROVISIONING')) : nothing
    case 'DEPROVISIONING':
      return afterStep(advance('STOPPED'))
    case 'STOPPED': {
      const forgetAtMs = (task.stoppedAtMs ?? task.statusSinceMs) + times.stoppedTaskKeptMs
      return nowMs >= forgetAtMs ? doing({ kind: 'forget' }) : { actions: [], dueAtMs: forgetAtMs }
    }
  }
}

/** Why a task that should run can not: it could not start, or an essential container is gone. */
function stopCause(task: Readonly<TaskRecord>): TaskAction | undefined {
  if (task.failure !== undefined) return { kind: 'stop', stopCode: 'TaskFailedToStart', reason: task.failure }
  const exited = task.containers.some(({ essential, lastStatus }) => essential && lastStatus === 'STOPPED')
  return exited || task.ended
    ? { kind: 'stop', stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited' }
    : undefined
}

/** No container is still waited for; one that is not essential may have ended already. */
const allStarted = (task: Readonly<TaskRecord>): boolean =>
  task.containers.every(({ lastStatus }) => lastStatus !== 'PENDING')

/**
 * Behind a proxy that takes connections in, a task is registered only when its application takes them: until then the proxy
 * could answer nothing but 503.
 */
const isReachable = ({ connect }: Readonly<TaskRecord>): boolean =>
  !connect?.serves || connect.reachable === true

/** A task with health checks has started well when they say so, any other when it runs. */
const isProved = (task: Readonly<TaskRecord>): boolean =>
  taskHealth(task) === 'HEALTHY' || !hasHealthCheck(task)

function tellHealth(task: Readonly<TaskRecord>): TaskStep | undefined {
  const health = taskHealth(task)
  const { registration } = task
  if (!registration?.customHealth || health === 'UNKNOWN' || health === registration.health) return undefined
  return doing({ kind: 'tell-health', status: health })
}
