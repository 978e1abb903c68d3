import type { EcsService, Inventory, TargetKind, Task } from '@/lib/inventory/model'
import type { ServiceNode } from '@/lib/topology/model'

/** One thing that keeps the console out of a service's tasks. */
export type Missing = {
  readonly code:
    | 'no-task'
    | 'service-off'
    | 'task-off'
    | 'agent'
    | 'platform'
    | 'task-role'
    | 'simulated'
    | 'read-only'
  /** What is missing, as a fact. */
  readonly message: string
  /** What a person does about it. */
  readonly remedy: string
}

/** The container that a call is made from. */
export type CallerPlace = {
  readonly clusterName: string
  readonly taskArn: string
  readonly taskId: string
  readonly container: string
}

/** Whether the console can run a command in a task of a service. */
export type ExecState = {
  /** null: it cannot, and `missing` says why. */
  readonly place: CallerPlace | null
  readonly missing: readonly Missing[]
  /** Input of the change `enable-exec` that mends it; null: it would not. */
  readonly mend: { readonly clusterArn: string; readonly serviceArn: string } | null
}

/** What the map does not tell. */
export type MoreFacts = {
  readonly target: { readonly kind: TargetKind; readonly localRuntime: 'process' | 'simulated' | null }
  readonly readOnly: boolean
  /** The task role of the service's revision; undefined: not read. */
  readonly taskRoleArn: string | null | undefined
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** ECS adds this container itself; no agent runs in it. */
const isProxy = (name: string): boolean => name.startsWith('ecs-service-connect-')

/** The container that a task definition names first among those that run. */
function containerOf(task: Task, inventory: Inventory): string | null {
  const running = task.containers.filter((one) => one.lastStatus === 'RUNNING' && !isProxy(one.name))
  const defined = inventory.taskDefinitions[task.taskDefinitionArn]?.containers ?? []
  const essential = defined.find((one) => one.essential && running.some(({ name }) => name === one.name))
  return essential?.name ?? running[0]?.name ?? null
}

/** Fargate before 1.4.0 has no exec agent (ECS developer guide, "ECS Exec"). */
const isOldPlatform = (version: string | null): boolean =>
  version !== null && /^(?:0|1\.[0-3])\./.test(version)

function missingOf(
  tasks: readonly Task[],
  service: EcsService | null,
  name: string,
  more: MoreFacts,
): readonly Missing[] {
  const missing: Missing[] = []
  const running = tasks.filter((task) => task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING')
  if (more.readOnly)
    missing.push({
      code: 'read-only',
      message: 'This session only looks, and a command in a task may change something.',
      remedy: 'Ask an operator, or start the console without --read-only.',
    })
  if (running.length === 0)
    missing.push({
      code: 'no-task',
      message: `${name} has no RUNNING task.`,
      remedy: 'Scale it to at least 1, or wait until its task runs.',
    })
  if (more.target.localRuntime === 'simulated')
    missing.push({
      code: 'simulated',
      message: 'The tasks of this local cloud are simulated: there is no process to enter.',
      remedy: 'Start the local cloud with --runtime process.',
    })
  if (service && !service.enableExecuteCommand)
    missing.push({
      code: 'service-off',
      message: `enableExecuteCommand is off for the service ${service.name}.`,
      remedy: 'Switch it on; it counts for tasks that start after that.',
    })
  else if (running.length > 0 && running.every((task) => !task.enableExecuteCommand))
    missing.push({
      code: 'task-off',
      message: `The tasks of ${name} were run without enableExecuteCommand.`,
      remedy: service
        ? 'Force a new deployment, so that new tasks start with it.'
        : 'Run the task again with it.',
    })
  else if (running.length > 0 && running.every((task) => task.execAgent !== 'RUNNING')) {
    const told = running[0]?.execAgent ?? null
    missing.push({
      code: 'agent',
      message:
        told === null
          ? 'No ExecuteCommandAgent is told for its tasks.'
          : `The ExecuteCommandAgent of its tasks is ${told}.`,
      remedy:
        told === 'PENDING'
          ? 'Wait a moment; it starts after its container.'
          : 'Check the task role’s ssmmessages permissions, the way to the ssmmessages endpoint, and that the root file system is writable.',
    })
  }
  const platform = running.find((task) => isOldPlatform(task.platformVersion))?.platformVersion
  if (platform)
    missing.push({
      code: 'platform',
      message: `Its tasks run on Fargate platform ${platform}; ECS Exec needs 1.4.0.`,
      remedy: 'Set the platform version to LATEST and deploy again.',
    })
  if (more.taskRoleArn === null && more.target.kind !== 'local')
    missing.push({
      code: 'task-role',
      message: 'The task definition has no task role, so the agent may not open its channel.',
      remedy:
        'Give it a role that allows ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel.',
    })
  return missing
}

/**
 * Whether a command can be run in a task of this card, and if not, exactly what is missing. The newest task that is ready is chosen.
 * Pure; what AWS then says may still differ.
 */
export function execStateOf(node: ServiceNode, inventory: Inventory, more: MoreFacts): ExecState {
  const ids = new Set(node.instances.flatMap(({ taskArn }) => taskArn ?? []))
  const tasks = inventory.tasks.filter((task) => ids.has(task.arn))
  const service = inventory.services.find(({ arn }) => arn === node.ecs?.arn) ?? null
  const missing = missingOf(tasks, service, node.name, more)
  const places = tasks
    .filter(
      (task) =>
        task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING' && task.execAgent === 'RUNNING',
    )
    .sort((a, b) => b.createdAtMs - a.createdAtMs || a.id.localeCompare(b.id))
    .flatMap((task): CallerPlace[] => {
      const container = containerOf(task, inventory)
      return container === null
        ? []
        : [{ clusterName: lastPart(task.clusterArn), taskArn: task.arn, taskId: task.id, container }]
    })
  const place = more.readOnly ? null : (places[0] ?? null)
  const mends = missing.some(({ code }) => code === 'service-off' || code === 'task-off')
  return {
    place,
    missing: place ? [] : missing,
    mend:
      place || !mends || !service || more.readOnly
        ? null
        : { clusterArn: service.clusterArn, serviceArn: service.arn },
  }
}
