import type { Context } from '../context'
import type { ServiceRecord, TaskRecord } from '../state/ecs'
import type { DueQueue } from './due-queue'
import { performServiceAction } from './perform-service'
import { performTaskAction } from './perform-task'
import { reconcileService } from './reconcile'
import { stepTask } from './step-task'

/** When to look again at which tasks and services of one region. */
export type RegionQueues = {
  readonly tasks: DueQueue<TaskRecord>
  readonly services: DueQueue<ServiceRecord>
}

// So many rounds on one subject without coming to rest can only be a mistake of ours.
const maxRounds = 50
const retryMs = 1_000

/**
 * Looks at what is woken or due in one region, at most `budget` tasks and services, and does what they need. Gives back
 * whether something is left to do now.
 */
export function workRegion(context: Context, queues: RegionQueues, budget: number): boolean {
  const { woken } = context.state.ecs
  const now = context.clock.now()
  for (const task of queues.tasks.takeDue(now)) woken.tasks.add(task)
  for (const service of queues.services.takeDue(now)) woken.services.add(service)
  let left = budget
  while (left > 0) {
    const task = first(woken.tasks)
    if (task) {
      woken.tasks.delete(task)
      queues.tasks.set(task, workTask(context, task))
    } else {
      const service = first(woken.services)
      if (!service) return false
      woken.services.delete(service)
      queues.services.set(service, workService(context, service))
    }
    left--
  }
  return woken.tasks.size + woken.services.size > 0
}

const first = <T>(set: ReadonlySet<T>): T | undefined => set.values().next().value

/** Gives back when the task is due again. */
function workTask(context: Context, task: TaskRecord): number | undefined {
  return settle(context, `task ${task.id}`, (now) => {
    const step = stepTask(task, now, context.config)
    for (const action of step.actions) performTaskAction(context, task, action)
    return { acted: step.actions.length > 0 && context.state.ecs.tasks.has(task.id), dueAtMs: step.dueAtMs }
  })
}

/** Gives back when the service is due again. */
function workService(context: Context, service: ServiceRecord): number | undefined {
  const cluster = context.state.ecs.clusters.get(service.clusterName)
  return settle(context, `service ${service.name}`, (now) => {
    if (cluster?.services.get(service.name) !== service) return { acted: false, dueAtMs: undefined }
    const step = reconcileService(service, now, context.config)
    for (const action of step.actions) performServiceAction(context, service, action)
    return { acted: step.actions.length > 0, dueAtMs: step.dueAtMs }
  })
}

/** Repeats a round until it does nothing more. A fault is logged and tried again later; others go on meanwhile. */
function settle(
  { clock, log }: Context,
  subject: string,
  round: (nowMs: number) => { acted: boolean; dueAtMs: number | undefined },
): number | undefined {
  try {
    for (let rounds = 0; rounds < maxRounds; rounds++) {
      const { acted, dueAtMs } = round(clock.now())
      if (!acted) return dueAtMs
    }
    log('error', `The scheduler found no rest with ${subject}; it tries again in ${retryMs} ms.`)
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log('error', `The scheduler failed at ${subject}; it tries again in ${retryMs} ms: ${told}`)
  }
  return clock.now() + retryMs
}
