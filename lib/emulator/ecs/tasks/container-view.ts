import type { Container } from '@aws-sdk/client-ecs'
import type { ContainerRecord, TaskDefinitionRecord, TaskRecord } from '../../state/ecs'
import type { Wire } from '../../wire/wire-type'

/** A UUID that belongs to the task's network interface: the task id in that form. */
export const attachmentIdOf = ({ id }: TaskRecord): string =>
  id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A container as it stands in a task. `definition` is the task definition it came from. */
export function containerView(
  task: TaskRecord,
  container: ContainerRecord,
  definition: TaskDefinitionRecord['input'] | undefined,
): Wire<Container> {
  const config = definition?.containerDefinitions?.find(({ name }) => name === container.name)
  const override = task.run?.overrides?.containerOverrides?.find(({ name }) => name === container.name)
  const awsvpc = definition?.networkMode === 'awsvpc'
  const view: Wire<Container> = {
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.name,
    lastStatus: container.lastStatus,
    networkBindings: [],
    networkInterfaces: [],
    healthStatus: container.hasHealthCheck ? container.health : 'UNKNOWN',
    cpu: String(override?.cpu ?? config?.cpu ?? 0),
  }
  if (!container.isProxy) view.image = container.image
  const memory = override?.memory ?? config?.memory
  const reservation = override?.memoryReservation ?? config?.memoryReservation
  if (memory !== undefined) view.memory = String(memory)
  if (reservation !== undefined) view.memoryReservation = String(reservation)
  if (container.lastStatus !== 'PENDING' && !container.isProxy)
    view.runtimeId = `${task.id}-${runtimeNumberOf(container)}`
  if (container.exitCode !== undefined) view.exitCode = container.exitCode
  if (container.reason !== undefined) view.reason = container.reason
  const { address } = task
  if (address !== undefined && awsvpc)
    view.networkInterfaces = [{ attachmentId: attachmentIdOf(task), privateIpv4Address: address }]
  // Locally every task has an address of its own, so a bridge port needs no host port of its own.
  if (address !== undefined && !awsvpc && container.lastStatus === 'RUNNING')
    view.networkBindings = (config?.portMappings ?? []).flatMap(({ containerPort, protocol }) =>
      containerPort === undefined
        ? []
        : [{ bindIP: address, containerPort, hostPort: containerPort, ...(protocol && { protocol }) }],
    )
  return view
}

/** Ten digits that stay the same for one container, as in `<task id>-<digits>` on Fargate. */
const runtimeNumberOf = ({ arn }: ContainerRecord): string =>
  String(Number.parseInt(arn.slice(-8).replace(/[^0-9a-f]/g, '0'), 16)).padStart(10, '0')
