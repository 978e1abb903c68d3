import type { ChangeKind } from '@/lib/changes/change'
import { hasNameAlone } from '@/lib/changes/name-alone'
import type { ClusterGroup, NamespaceGroup, ServiceNode, Topology } from '@/lib/topology/model'
import type { ChangeWish, Command } from '../topology/keys/shortcuts'

type Input = ChangeWish['input']
type Options = NonNullable<ChangeWish['options']>

const strays: Options[number] = {
  field: 'deregisterInstances',
  label: 'Deregister instances that belong to no ECS service',
  hint: 'Cloud Map deletes only empty services.',
}

/** The button of each change that starts from one click. */
const verbs: Partial<Readonly<Record<ChangeKind, string>>> = {
  scale: 'Scale service',
  redeploy: 'Redeploy service',
  'enable-exec': 'Enable ECS Exec',
  'stop-task': 'Stop task',
  'run-service-task': 'Run task',
  'roll-back': 'Roll back',
  'delete-service': 'Delete service',
  'delete-discovery-service': 'Delete discovery service',
  'delete-namespace': 'Delete namespace',
  'delete-cluster': 'Delete cluster',
}

/** What can be switched on or off before it runs. */
const options: Partial<Readonly<Record<ChangeKind, Options>>> = {
  'delete-service': [
    {
      field: 'withDiscoveryService',
      label: 'Also delete its discovery service',
      hint: 'When nobody else registers there. Its name stops resolving.',
    },
  ],
  'delete-discovery-service': [strays],
  'delete-namespace': [
    {
      field: 'withServices',
      label: 'Also delete the ECS services that register there',
      hint: 'Without it they stand in the way.',
    },
    strays,
  ],
  'delete-cluster': [
    {
      field: 'withContents',
      label: 'Delete its services and stop its tasks first',
      hint: 'Without it they stand in the way.',
    },
  ],
}

/** A change that is asked for, with the words of its button and what can be chosen. */
export const wishFor = (kind: ChangeKind, input: Input, title: string): ChangeWish => ({
  kind,
  input,
  title,
  verb: verbs[kind] ?? 'Run plan',
  options: (options[kind] ?? []).filter(
    ({ field }) => field !== 'withDiscoveryService' || input[field] === true,
  ),
})

/** An ECS service with the cluster it is in; null where there is no ECS service or its cluster is not on the map. */
function ecsOf(topology: Topology, service: ServiceNode) {
  const cluster = topology.clusters.find((each) => each.id === service.cluster)
  return service.ecs && cluster ? { clusterArn: cluster.arn, serviceArn: service.ecs.arn } : null
}

/** New tasks of the same revision; null for a card without an ECS service. */
export function redeployWish(topology: Topology, service: ServiceNode): ChangeWish | null {
  const ecs = ecsOf(topology, service)
  return ecs && wishFor('redeploy', ecs, `Redeploy ${service.name}`)
}

/** One task like those of the service, outside of it; null where nothing may be started. */
export function runTaskWish(topology: Topology, service: ServiceNode): ChangeWish | null {
  const place = ecsOf(topology, service)
  if (!place || topology.target.readOnly || service.ecs?.status !== 'ACTIVE') return null
  return wishFor('run-service-task', place, `Run a task of ${service.name}`)
}

/** Back to what was before the deployment that is under way; null when none is, or nothing may be changed. */
export function rollBackWish(topology: Topology, service: ServiceNode): ChangeWish | null {
  const place = ecsOf(topology, service)
  if (!place || topology.target.readOnly || service.ecs?.rollout?.state !== 'IN_PROGRESS') return null
  return wishFor('roll-back', place, `Roll back ${service.name}`)
}

/** The end of what a card stands for: its ECS service, or the discovery service alone; null when it is neither. */
export function deleteServiceWish(topology: Topology, service: ServiceNode): ChangeWish | null {
  const { ecs, discovery } = service
  const title = `Delete ${service.name}`
  const place = ecsOf(topology, service)
  if (place)
    return wishFor(
      'delete-service',
      { ...place, withDiscoveryService: hasNameAlone(service, topology) },
      title,
    )
  if (ecs || !discovery) return null
  return wishFor(
    'delete-discovery-service',
    { discoveryServiceId: discovery.serviceId, deregisterInstances: false },
    title,
  )
}

export const deleteNamespaceWish = ({ namespaceId, name }: NamespaceGroup): ChangeWish =>
  wishFor(
    'delete-namespace',
    { namespaceId, withServices: false, deregisterInstances: false },
    `Delete ${name}`,
  )

/** Shows what is in a namespace as code; nothing is changed by it. */
export const exportOf = ({ namespaceId, name }: NamespaceGroup): Command => ({
  kind: 'export',
  namespaceId,
  name,
})

export const deleteClusterWish = ({ arn, name }: ClusterGroup): ChangeWish =>
  wishFor('delete-cluster', { clusterArn: arn, withContents: false }, `Delete ${name}`)
