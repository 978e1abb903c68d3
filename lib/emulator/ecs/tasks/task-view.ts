import type { Attachment, Attribute, ContainerOverride, Task } from '@aws-sdk/client-ecs'
import { makeArn } from '../../arn'
import type { Context } from '../../context'
import { managedAgents } from '../../exec/managed-agent'
import type { ContainerRecord, TaskRecord, TaskStatus } from '../../state/ecs'
import { toWireTime, type Wire } from '../../wire/wire-type'
import { makeClusterArn } from '../arns'
import { tagsOf } from '../tags/tags'
import { taskDefinitionByArn } from '../task-definitions/find-task-definition'
import { attachmentIdOf, containerView } from './container-view'
import { privateDnsName } from './private-dns-name'
import { taskHealth } from './task-status'

/** A task as DescribeTasks gives it. */
export function taskView(context: Context, task: TaskRecord, withTags: boolean): Wire<Task> {
  const definition = taskDefinitionByArn(context.state.ecs, task.taskDefinitionArn)?.input
  const overrides = task.run?.overrides
  const fargate = task.run?.launchType !== 'EC2'
  const view: Wire<Task> = {
    attachments: [
      ...(definition?.networkMode === 'awsvpc' ? [networkAttachment(context, task)] : []),
      ...task.containers.flatMap((one) => (one.isProxy ? [connectAttachment(task, one)] : [])),
    ],
    attributes: attributesOf(context, task),
    availabilityZone: task.availabilityZone,
    clusterArn: makeClusterArn(context.scope, task.clusterName),
    containers: task.containers.map((container) => ({
      ...containerView(task, container, definition),
      ...managedAgents(context, task, container),
    })),
    createdAt: toWireTime(task.createdAtMs),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.run?.enableExecuteCommand ?? false,
    group: task.group,
    healthStatus: taskHealth(task),
    lastStatus: task.lastStatus,
    launchType: task.run?.launchType ?? 'FARGATE',
    overrides: {
      inferenceAcceleratorOverrides: [],
      ...overrides,
      containerOverrides: [
        ...(overrides?.containerOverrides ?? []),
        ...task.containers.flatMap((one) => (one.isProxy ? [sidecarOverride(context, task, one)] : [])),
      ],
    },
    tags: withTags ? tagsOf(context.state.ecs, task.arn) : [],
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    version: task.version,
  }
  const cpu = overrides?.cpu ?? definition?.cpu
  const memory = overrides?.memory ?? definition?.memory
  if (cpu !== undefined) view.cpu = cpu
  if (memory !== undefined) view.memory = memory
  const provider = task.run?.capacityProviderStrategy?.[0]?.capacityProvider
  if (provider !== undefined) view.capacityProviderName = provider
  if (fargate) {
    view.platformVersion = platformVersionOf(task.run?.platformVersion)
    view.platformFamily = 'Linux'
    view.ephemeralStorage = overrides?.ephemeralStorage ?? definition?.ephemeralStorage ?? { sizeInGiB: 20 }
  }
  if (task.address !== undefined) {
    view.connectivity = 'CONNECTED'
    view.connectivityAt = toWireTime(task.pullStartedAtMs ?? task.createdAtMs)
  }
  if (task.startedBy !== undefined) view.startedBy = task.startedBy
  if (task.pullStartedAtMs !== undefined) view.pullStartedAt = toWireTime(task.pullStartedAtMs)
  if (task.pullStoppedAtMs !== undefined) view.pullStoppedAt = toWireTime(task.pullStoppedAtMs)
  if (task.startedAtMs !== undefined) view.startedAt = toWireTime(task.startedAtMs)
  if (task.stoppingAtMs !== undefined) view.stoppingAt = toWireTime(task.stoppingAtMs)
  if (task.executionStoppedAtMs !== undefined) view.executionStoppedAt = toWireTime(task.executionStoppedAtMs)
  if (task.stoppedAtMs !== undefined) view.stoppedAt = toWireTime(task.stoppedAtMs)
  if (isStopCode(task.stopCode)) view.stopCode = task.stopCode
  if (task.stoppedReason !== undefined) view.stoppedReason = task.stoppedReason
  return view
}

/** `LATEST` is a wish; what runs is a number. */
const platformVersionOf = (wanted: string | undefined): string =>
  wanted === undefined || wanted === 'LATEST' ? '1.4.0' : wanted

const stopCodes = [
  'TaskFailedToStart',
  'EssentialContainerExited',
  'UserInitiated',
  'ServiceSchedulerInitiated',
  'TerminationNotice',
] as const

const isStopCode = (code: string | undefined): code is (typeof stopCodes)[number] =>
  stopCodes.some((known) => known === code)

/** What tells a person that this runs locally: how it runs, and which images are stand-ins. */
function attributesOf({ runtime }: Context, task: TaskRecord): Attribute[] {
  const attributes: Attribute[] = [
    { name: 'ecs.cpu-architecture', value: 'x86_64' },
    { name: 'switchboard.runtime', value: runtime.name },
  ]
  const images = new Set(task.containers.flatMap(({ standIn, image }) => (standIn ? [image] : [])))
  for (const image of images) attributes.push({ name: 'switchboard.stand-in', value: image })
  return attributes
}

const attachmentStatus: Readonly<Record<TaskStatus, string>> = {
  PROVISIONING: 'ATTACHING',
  PENDING: 'ATTACHED',
  ACTIVATING: 'ATTACHED',
  RUNNING: 'ATTACHED',
  DEACTIVATING: 'ATTACHED',
  STOPPING: 'ATTACHED',
  DEPROVISIONING: 'DETACHING',
  STOPPED: 'DELETED',
}

function networkAttachment({ scope }: Context, task: TaskRecord): Attachment {
  const details = [{ name: 'subnetId', value: task.subnetId }]
  if (task.address !== undefined)
    details.push(
      { name: 'networkInterfaceId', value: task.eniId },
      { name: 'macAddress', value: macAddressOf(task) },
      { name: 'privateDnsName', value: privateDnsName(scope, task.address) },
      { name: 'privateIPv4Address', value: task.address },
    )
  return {
    id: attachmentIdOf(task),
    type: 'ElasticNetworkInterface',
    status: attachmentStatus[task.lastStatus],
    details,
  }
}

const macAddressOf = ({ eniId }: TaskRecord): string =>
  ['0a', ...(eniId.slice(4, 14).match(/../g) ?? [])].join(':')

/** Its id is the sidecar's own, as the network interface has that of the task. */
const connectAttachment = (task: TaskRecord, { arn, name }: ContainerRecord): Attachment => ({
  id: arn.slice(arn.lastIndexOf('/') + 1),
  type: 'ServiceConnect',
  status: attachmentStatus[task.lastStatus],
  details: [{ name: 'ContainerName', value: name }],
})

/** ECS tells its proxy by variables which task set it belongs to; they stand among the task's overrides. */
const sidecarOverride = (
  { scope }: Context,
  { clusterName, serviceName = '', deploymentId = '' }: TaskRecord,
  { name }: ContainerRecord,
): ContainerOverride => ({
  name,
  environment: [
    {
      name: 'APPMESH_RESOURCE_ARN',
      value: makeArn('ecs', scope, `task-set/${clusterName}/${serviceName}/${deploymentId}`),
    },
    { name: 'ENVOY_CONCURRENCY', value: '2' },
    { name: 'APPNET_AGENT_ADMIN_MODE', value: 'uds' },
  ],
})
