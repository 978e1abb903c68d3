import type { ClusterGroup, NamespaceGroup, ServiceNode, Topology } from '@/lib/topology/model'
import type { ChangeWish } from '../topology/keys/shortcuts'

/** An ECS service with the cluster it is in; null where there is no ECS service or its cluster is not on the map. */
function ecsOf(topology: Topology, service: ServiceNode) {
  const cluster = topology.clusters.find((each) => each.id === service.cluster)
  return service.ecs && cluster ? { clusterArn: cluster.arn, serviceArn: service.ecs.arn } : null
}

/** New tasks of the same revision; null for a card without an ECS service. */
export function redeployWish(topology: Topology, service: ServiceNode): ChangeWish | null {
  const ecs = ecsOf(topology, service)
  return ecs && { kind: 'redeploy', input: ecs, title: `Redeploy ${service.name}`, verb: 'Redeploy service' }
}

export function deleteServiceWish(topology: Topology, service: ServiceNode): ChangeWish | null {
  const ecs = ecsOf(topology, service)
  if (!ecs) return service.discovery && deleteDiscoveryServiceWish(service.discovery)
  return {
    kind: 'delete-service',
    input: { ...ecs, withDiscoveryService: service.discovery !== null },
    title: `Delete ${service.name}`,
    verb: 'Delete service',
    options: service.discovery
      ? [
          {
            field: 'withDiscoveryService',
            label: `Also delete its discovery service ${service.discovery.name}`,
            hint: 'When nobody else registers there. Its name stops resolving.',
          },
        ]
      : [],
  }
}

function deleteDiscoveryServiceWish(discovery: NonNullable<ServiceNode['discovery']>): ChangeWish {
  return {
    kind: 'delete-discovery-service',
    input: { discoveryServiceId: discovery.serviceId, deregisterInstances: false },
    title: `Delete discovery service ${discovery.name}`,
    verb: 'Delete discovery service',
    options: [
      {
        field: 'deregisterInstances',
        label: 'Deregister the instances that are left in it',
        hint: 'Cloud Map deletes only empty services.',
      },
    ],
  }
}

export const deleteNamespaceWish = (namespace: NamespaceGroup): ChangeWish => ({
  kind: 'delete-namespace',
  input: { namespaceId: namespace.namespaceId, withServices: false, deregisterInstances: false },
  title: `Delete namespace ${namespace.name}`,
  verb: 'Delete namespace',
  options: [
    {
      field: 'withServices',
      label: 'Also delete the ECS services that register there',
      hint: 'Without it they stand in the way.',
    },
    {
      field: 'deregisterInstances',
      label: 'Deregister instances that belong to no ECS service',
      hint: 'Cloud Map deletes only empty services.',
    },
  ],
})

export const deleteClusterWish = (cluster: ClusterGroup): ChangeWish => ({
  kind: 'delete-cluster',
  input: { clusterArn: cluster.arn, withContents: false },
  title: `Delete cluster ${cluster.name}`,
  verb: 'Delete cluster',
  options: [
    {
      field: 'withContents',
      label: 'Delete its services and stop its tasks first',
      hint: 'Without it they stand in the way.',
    },
  ],
})
