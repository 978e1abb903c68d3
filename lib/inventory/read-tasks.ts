import 'server-only'
import { DescribeTasksCommand, type ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs'
import { lastPart } from './arn'
import { inBatches } from './batch'
import type { Cycle } from './cycle'
import { taskFromEcs } from './from-ecs'
import { list, texts } from './loose'
import { type Memory, makeMemory } from './memory'
import type { Cluster, EcsService, Hole, Task } from './model'

/** Kept between readings, per cluster. */
export type TaskMemory = {
  readonly batches: Memory<readonly Task[]>
  /** Tasks seen alive last time. ECS lists only those that shall run, so one that is being stopped vanishes from the list. */
  readonly alive: Map<string, ReadonlySet<string>>
  /** Stopped tasks, kept a while to tell why. By ARN. */
  readonly stopped: Map<string, Task>
  /** Ids that were asked for and are no living task: not asked again while somebody still names them. */
  gone: Set<string>
}

export const makeTaskMemory = (): TaskMemory => ({
  batches: makeMemory(),
  alive: new Map(),
  stopped: new Map(),
  gone: new Set(),
})

const TASKS_AT_ONCE = 100
/** How long the map may tell why a task stopped. */
const STOPPED_KEPT_MS = 120_000

export type Wanted = {
  readonly cluster: Cluster
  /** ARNs that ECS lists. */
  readonly taskArns: readonly string[]
  /** Task ids that Cloud Map names for this cluster. */
  readonly namedIds: readonly string[]
  /** Services whose failed tasks should be looked up; costs a call each. */
  readonly failing: readonly EcsService[]
}

type Source = {
  readonly client: ECSClient
  readonly cycle: Cycle
  readonly memory: TaskMemory
  readonly nowMs: number
}

async function listStopped({ client, cycle, memory }: Source, cluster: Cluster, service: EcsService) {
  const outcome = await cycle.call('ecs:ListTasks', `stopped tasks of ${service.name}`, () =>
    client.send(
      new ListTasksCommand({
        cluster: cluster.arn,
        serviceName: service.name,
        desiredStatus: 'STOPPED',
        maxResults: TASKS_AT_ONCE,
      }),
    ),
  )
  // Only detail: whether it could be read is told by the running tasks' list.
  if (!outcome.ok) return []
  return texts(outcome.value.taskArns).filter(
    (arn) => !memory.stopped.has(arn) && !memory.gone.has(lastPart(arn)),
  )
}

async function describeBatch(source: Source, cluster: Cluster, batch: readonly string[], holes: Hole[]) {
  const { client, cycle, memory } = source
  const outcome = await cycle.call('ecs:DescribeTasks', `cluster ${cluster.name}`, () =>
    client.send(new DescribeTasksCommand({ cluster: cluster.arn, tasks: [...batch] })),
  )
  const key = batch[0] ?? ''
  if (outcome.ok) {
    const tasks = list(outcome.value.tasks)
      .map((raw) => taskFromEcs(raw, cluster.arn))
      .filter((task) => task !== null)
    memory.batches.settle(key, tasks, null)
    return { tasks, known: true, answered: true }
  }
  if (outcome.hole.errorName === 'ClusterNotFoundException') return { tasks: [], known: true, answered: true }
  holes.push(outcome.hole)
  const settled = memory.batches.settle(key, [], outcome.hole)
  return { tasks: settled.value, known: settled.known, answered: false }
}

/**
 * The tasks of one cluster. Besides those that ECS lists it describes, in the same batches, those that have just left the list (on
 * their way out, or failed) and those that only Cloud Map names, so that a stopping task is told apart from an orphaned address.
 */
export async function readTasks(
  source: Source,
  wanted: Wanted,
): Promise<{ readonly cluster: Cluster; readonly tasks: readonly Task[]; readonly holes: readonly Hole[] }> {
  const { memory, nowMs } = source
  const { cluster } = wanted
  const holes: Hole[] = []
  const listed = new Set(wanted.taskArns)
  const listedIds = new Set(wanted.taskArns.map(lastPart))
  const leaving = [...(memory.alive.get(cluster.arn) ?? [])].filter((arn) => !listed.has(arn))
  const known = new Set([...listedIds, ...leaving.map(lastPart)])
  for (const arn of memory.stopped.keys()) known.add(lastPart(arn))
  const strangers = cluster.tasksRead
    ? wanted.namedIds.filter((id) => !known.has(id) && !memory.gone.has(id))
    : []
  const failed = (
    await Promise.all(wanted.failing.map((service) => listStopped(source, cluster, service)))
  ).flat()

  const asked = [...wanted.taskArns, ...new Set([...leaving, ...strangers, ...failed])]
  const parts = await Promise.all(
    inBatches(asked, TASKS_AT_ONCE).map((batch) => describeBatch(source, cluster, batch, holes)),
  )
  const tasks = new Map(parts.flatMap((part) => part.tasks).map((task) => [task.arn, task]))
  const alive = new Set<string>()
  for (const task of tasks.values()) {
    if (task.lastStatus === 'STOPPED') memory.stopped.set(task.arn, task)
    else alive.add(task.arn)
  }
  memory.alive.set(cluster.arn, alive)
  const aliveIds = new Set([...alive].map(lastPart))
  if (parts.every((part) => part.answered))
    for (const id of [...strangers, ...failed.map(lastPart)]) if (!aliveIds.has(id)) memory.gone.add(id)

  for (const [arn, task] of memory.stopped)
    if (task.clusterArn === cluster.arn) {
      if (nowMs - (task.stoppedAtMs ?? task.createdAtMs) > STOPPED_KEPT_MS) {
        memory.stopped.delete(arn)
        memory.gone.add(task.id)
      } else tasks.set(arn, task)
    }
  const tasksRead = cluster.tasksRead && parts.every((part) => part.known)
  return { cluster: { ...cluster, tasksRead }, tasks: [...tasks.values()], holes }
}

/** What is remembered of ids that nobody names any more is dropped. */
const MOST_GONE = 10_000

export function forgetGone(memory: TaskMemory, clusterArns: ReadonlySet<string>): void {
  memory.batches.sweep()
  if (memory.gone.size > MOST_GONE) memory.gone = new Set()
  for (const arn of memory.alive.keys()) if (!clusterArns.has(arn)) memory.alive.delete(arn)
  for (const [arn, task] of memory.stopped) if (!clusterArns.has(task.clusterArn)) memory.stopped.delete(arn)
}
