import type { DiscoveryInstance, DiscoveryService, Task } from '../inventory/model'
import { makeInstanceId } from './ids'
import { hasFailed, type Registration, registeredVerdict, taskVerdict } from './instance-state'
import type { InstanceNode } from './model'

/** How long and how many failed tasks stay on the card after they stopped. */
const FAILED_SHOWN_MS = 30_000
const FAILED_SHOWN = 3

export type InstanceSource = {
  readonly tasks: readonly Task[]
  /** null: registers nowhere, or not readable. */
  readonly registered: readonly DiscoveryInstance[] | null
  /** A task that is not registered is a fault. */
  readonly registrationExpected: boolean
  /** The port to tell when the registry has none. */
  readonly defaultPort: number | null
  readonly nowMs: number
}

const last = (text: string) => text.slice(text.lastIndexOf('/') + 1)

function fromTask(task: Task, instance: DiscoveryInstance | undefined, source: InstanceSource): InstanceNode {
  const registration: Registration =
    instance?.health ??
    (source.registrationExpected && source.registered !== null ? 'missing' : 'not expected')
  const verdict = taskVerdict(task, registration, source.nowMs)
  return {
    id: makeInstanceId(task.id),
    state: verdict.state,
    taskArn: task.arn,
    taskId: task.id,
    taskStatus: task.lastStatus,
    taskHealth: task.health,
    discoveryHealth: instance?.health ?? null,
    address: task.address ?? instance?.ipv4 ?? instance?.ipv6 ?? null,
    port: instance?.port ?? source.defaultPort,
    zone: task.availabilityZone,
    taskDefinition: last(task.taskDefinitionArn),
    deploymentId: task.startedBy,
    createdAtMs: task.createdAtMs,
    startedAtMs: task.startedAtMs,
    reason: verdict.reason,
  }
}

/** Tasks worth a dot: all that live, and the newest that failed a moment ago. */
function shown(tasks: readonly Task[], nowMs: number): readonly Task[] {
  const live = tasks.filter((task) => task.lastStatus !== 'STOPPED')
  const failed = tasks
    .filter((task) => hasFailed(task) && nowMs - (task.stoppedAtMs ?? task.createdAtMs) < FAILED_SHOWN_MS)
    .sort((a, b) => (b.stoppedAtMs ?? 0) - (a.stoppedAtMs ?? 0))
  return [...live, ...failed.slice(0, FAILED_SHOWN)]
}

/** Oldest first, so that a new dot comes at the end and the others keep their places. */
const byAge = (a: InstanceNode, b: InstanceNode) =>
  (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** One dot per task, with what Cloud Map says about it. */
export function instancesOfTasks(source: InstanceSource): InstanceNode[] {
  const byId = new Map((source.registered ?? []).map((instance) => [instance.id, instance]))
  return shown(source.tasks, source.nowMs)
    .map((task) => fromTask(task, byId.get(task.id), source))
    .sort(byAge)
}

const TASK_ID = /^[0-9a-f]{32}$/

/** Whether ECS put this instance there: by the attributes it writes, or by the form of its id in a registry that ECS uses. */
function isMadeByEcs(instance: DiscoveryInstance, ecsRegisters: boolean): boolean {
  if (instance.attributes.ECS_CLUSTER_NAME || instance.attributes.ECS_SERVICE_NAME) return true
  return ecsRegisters && TASK_ID.test(instance.id)
}

export type RegisteredSource = {
  readonly registry: DiscoveryService
  /** Ids of all tasks that live; null when tasks are unknown, so that nothing can be called an orphan. */
  readonly liveTaskIds: ReadonlySet<string> | null
  readonly ecsRegisters: boolean
  /** Instances that have a dot on a task already. */
  readonly isTold: (instanceId: string) => boolean
  readonly makeId: (instanceId: string) => string
}

/** Dots for what a registry names and no task of this card stands for: hand-made registrations and orphans. */
export function instancesOfRegistry(source: RegisteredSource): InstanceNode[] {
  const { registry, liveTaskIds } = source
  return (registry.instances ?? [])
    .filter((instance) => !source.isTold(instance.id))
    .map((instance) => {
      const isOrphan =
        liveTaskIds !== null && !liveTaskIds.has(instance.id) && isMadeByEcs(instance, source.ecsRegisters)
      const verdict = registeredVerdict(instance, isOrphan)
      const byHand = source.ecsRegisters && !isOrphan && !liveTaskIds?.has(instance.id)
      return {
        id: source.makeId(instance.id),
        state: verdict.state,
        taskArn: null,
        taskId: null,
        taskStatus: null,
        taskHealth: null,
        discoveryHealth: instance.health,
        address: instance.ipv4 ?? instance.ipv6 ?? instance.cname,
        port: instance.port,
        zone: instance.attributes.AVAILABILITY_ZONE ?? null,
        taskDefinition: null,
        deploymentId: null,
        createdAtMs: null,
        startedAtMs: null,
        reason: verdict.reason ?? (byHand ? 'Registered by hand: no task of ECS stands behind it.' : null),
      }
    })
    .sort(byAge)
}
