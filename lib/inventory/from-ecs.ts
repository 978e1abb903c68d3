import type {
  Attachment,
  Cluster as RawCluster,
  ContainerDefinition as RawContainerDefinition,
  Deployment as RawDeployment,
  Service as RawService,
  Tag as RawTag,
  Task as RawTask,
  TaskDefinition as RawTaskDefinition,
} from '@aws-sdk/client-ecs'
import { clusterNameIn, familyAndRevision, lastPart } from './arn'
import { serviceConnectFromEcs } from './from-service-connect'
import { count, countOrNull, list, text, textOrNull, texts, time, timeOrNull } from './loose'
import type { Cluster, ContainerConfig, Deployment, EcsService, Task, TaskDefinition } from './model'

/** ECS keeps 100 events of a service; the map tells the newest. */
const EVENTS_KEPT = 20

function tagsFromEcs(raw: readonly RawTag[] | undefined): Readonly<Record<string, string>> {
  const tags: Record<string, string> = Object.create(null)
  for (const tag of list(raw)) {
    const key = text(tag.key)
    if (key) tags[key] = text(tag.value)
  }
  return tags
}

/** null: no ARN, so nothing can be keyed by it. Whether its lists could be read is filled in by the reader. */
export function clusterFromEcs(raw: RawCluster): Cluster | null {
  const arn = text(raw.clusterArn)
  if (!arn) return null
  return {
    arn,
    name: textOrNull(raw.clusterName) ?? lastPart(arn),
    status: textOrNull(raw.status) ?? 'UNKNOWN',
    runningTasks: count(raw.runningTasksCount),
    pendingTasks: count(raw.pendingTasksCount),
    activeServices: count(raw.activeServicesCount),
    serviceConnectNamespace: textOrNull(raw.serviceConnectDefaults?.namespace),
    tags: tagsFromEcs(raw.tags),
    servicesRead: true,
    tasksRead: true,
  }
}

/** What an ARN alone says about a cluster, for when it could not be described. */
export function clusterFromArn(arn: string): Cluster {
  return {
    arn,
    name: lastPart(arn),
    status: 'UNKNOWN',
    runningTasks: 0,
    pendingTasks: 0,
    activeServices: 0,
    serviceConnectNamespace: null,
    tags: {},
    servicesRead: true,
    tasksRead: true,
  }
}

function deploymentFromEcs(raw: RawDeployment): Deployment {
  return {
    id: text(raw.id),
    status: text(raw.status),
    taskDefinitionArn: text(raw.taskDefinition),
    desired: count(raw.desiredCount),
    pending: count(raw.pendingCount),
    running: count(raw.runningCount),
    failedTasks: count(raw.failedTasks),
    rolloutState: textOrNull(raw.rolloutState),
    rolloutReason: textOrNull(raw.rolloutStateReason),
    createdAtMs: time(raw.createdAt),
    updatedAtMs: time(raw.updatedAt),
    serviceConnect: serviceConnectFromEcs(raw),
  }
}

/** null: no ARN. The cluster is the one asked, because some endpoints answer `clusterArn` in another form. */
export function serviceFromEcs(raw: RawService, clusterArn: string): EcsService | null {
  const arn = text(raw.serviceArn)
  if (!arn) return null
  const events = list(raw.events)
    .map((event) => ({ id: text(event.id), atMs: time(event.createdAt), message: text(event.message) }))
    .sort((a, b) => b.atMs - a.atMs)
  return {
    arn,
    name: textOrNull(raw.serviceName) ?? lastPart(arn),
    clusterArn,
    status: textOrNull(raw.status) ?? 'UNKNOWN',
    desired: count(raw.desiredCount),
    running: count(raw.runningCount),
    pending: count(raw.pendingCount),
    launchType: textOrNull(raw.launchType),
    taskDefinitionArn: text(raw.taskDefinition),
    deployments: list(raw.deployments).map(deploymentFromEcs),
    registryArns: list(raw.serviceRegistries)
      .map((registry) => text(registry.registryArn))
      .filter((registryArn) => registryArn !== ''),
    events: events.slice(0, EVENTS_KEPT),
    tags: tagsFromEcs(raw.tags),
    createdAtMs: time(raw.createdAt),
    enableExecuteCommand: raw.enableExecuteCommand === true,
  }
}

const STAND_IN = 'switchboard.stand-in'

function detailOf(attachments: readonly Attachment[], name: string): string | null {
  for (const attachment of attachments) {
    // AWS spells the type `ElasticNetworkInterface` in answers and `eni` in its documentation.
    if (!/^(eni|elasticnetworkinterface)$/i.test(text(attachment.type))) continue
    const detail = list(attachment.details).find((entry) => entry.name === name)
    if (detail) return textOrNull(detail.value)
  }
  return null
}

function addressOf(raw: RawTask): string | null {
  const attached = detailOf(list(raw.attachments), 'privateIPv4Address')
  if (attached) return attached
  for (const container of list(raw.containers))
    for (const networkInterface of list(container.networkInterfaces)) {
      const address = textOrNull(networkInterface.privateIpv4Address)
      if (address) return address
    }
  return null
}

/** Every container has an agent of its own; what the first says stands for the task. */
function execAgentOf(raw: RawTask): string | null {
  for (const container of list(raw.containers))
    for (const agent of list(container.managedAgents))
      if (agent.name === 'ExecuteCommandAgent') return textOrNull(agent.lastStatus)
  return null
}

/** null: no ARN. */
export function taskFromEcs(raw: RawTask, clusterArn: string): Task | null {
  const arn = text(raw.taskArn)
  if (!arn) return null
  return {
    arn,
    id: lastPart(arn),
    clusterArn,
    group: text(raw.group),
    startedBy: textOrNull(raw.startedBy),
    taskDefinitionArn: text(raw.taskDefinitionArn),
    lastStatus: textOrNull(raw.lastStatus) ?? 'UNKNOWN',
    desiredStatus: textOrNull(raw.desiredStatus) ?? 'UNKNOWN',
    health: textOrNull(raw.healthStatus) ?? 'UNKNOWN',
    address: addressOf(raw),
    availabilityZone: textOrNull(raw.availabilityZone),
    containers: list(raw.containers).map((container) => ({
      name: text(container.name),
      image: textOrNull(container.image),
      lastStatus: textOrNull(container.lastStatus) ?? 'UNKNOWN',
      health: textOrNull(container.healthStatus) ?? 'UNKNOWN',
      exitCode: countOrNull(container.exitCode),
      reason: textOrNull(container.reason),
    })),
    standInImages: list(raw.attributes)
      .filter((attribute) => attribute.name === STAND_IN)
      .map((attribute) => text(attribute.value))
      .filter((image) => image !== ''),
    createdAtMs: time(raw.createdAt),
    startedAtMs: timeOrNull(raw.startedAt),
    stoppedAtMs: timeOrNull(raw.stoppedAt),
    stopCode: textOrNull(raw.stopCode),
    stoppedReason: textOrNull(raw.stoppedReason),
    enableExecuteCommand: raw.enableExecuteCommand === true,
    execAgent: execAgentOf(raw),
    platformVersion: textOrNull(raw.platformVersion),
  }
}

function containerFromEcs(raw: RawContainerDefinition): ContainerConfig {
  const environment: Record<string, string> = Object.create(null)
  for (const pair of list(raw.environment)) {
    const name = text(pair.name)
    if (name) environment[name] = text(pair.value)
  }
  const container = text(raw.name)
  return {
    name: container,
    image: text(raw.image),
    essential: raw.essential !== false,
    ports: list(raw.portMappings)
      .map((mapping) => ({
        container,
        containerPort: count(mapping.containerPort),
        protocol: textOrNull(mapping.protocol) ?? 'tcp',
        name: textOrNull(mapping.name),
        appProtocol: textOrNull(mapping.appProtocol),
      }))
      .filter((mapping) => mapping.containerPort > 0),
    environment,
    hasHealthCheck: texts(raw.healthCheck?.command).length > 0,
  }
}

/** null: no ARN. */
export function taskDefinitionFromEcs(raw: RawTaskDefinition): TaskDefinition | null {
  const arn = text(raw.taskDefinitionArn)
  if (!arn) return null
  const named = familyAndRevision(arn)
  return {
    arn,
    family: textOrNull(raw.family) ?? named.family,
    revision: count(raw.revision, named.revision),
    networkMode: textOrNull(raw.networkMode),
    containers: list(raw.containerDefinitions).map(containerFromEcs),
  }
}

/** A service that was listed but not described. */
export function serviceFromArn(arn: string, clusterArn: string) {
  return { arn, name: lastPart(arn), clusterArn: clusterArn || (clusterNameIn(arn) ?? '') }
}
