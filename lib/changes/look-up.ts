import type { Cluster, DiscoveryService, EcsService, Namespace, Task } from '../inventory/model'
import type { ServiceNode } from '../topology/model'
import type { World } from './world'

/** Finding things of the world by what inputs name them by. null: not there. */
export const clusterByArn = ({ inventory }: World, arn: string): Cluster | null =>
  inventory.clusters.find((one) => one.arn === arn && one.status !== 'INACTIVE') ?? null

export const clusterByName = ({ inventory }: World, name: string): Cluster | null =>
  inventory.clusters.find((one) => one.name === name && one.status !== 'INACTIVE') ?? null

export const serviceByArn = ({ inventory }: World, clusterArn: string, arn: string): EcsService | null =>
  inventory.services.find((one) => one.arn === arn && one.clusterArn === clusterArn) ?? null

export const serviceByName = ({ inventory }: World, clusterArn: string, name: string): EcsService | null =>
  inventory.services.find(
    (one) => one.clusterArn === clusterArn && one.name === name && one.status !== 'INACTIVE',
  ) ?? null

export const taskByArn = ({ inventory }: World, arn: string): Task | null =>
  inventory.tasks.find((one) => one.arn === arn) ?? null

export const namespaceById = ({ inventory }: World, id: string): Namespace | null =>
  inventory.namespaces.find((one) => one.id === id) ?? null

export const discoveryServiceById = ({ inventory }: World, id: string): DiscoveryService | null =>
  inventory.discoveryServices.find((one) => one.id === id) ?? null

/** Cloud Map compares names that DNS answers without regard to case (API reference, CreateService). */
export const discoveryServiceByName = (
  { inventory }: World,
  namespaceId: string,
  name: string,
): DiscoveryService | null =>
  inventory.discoveryServices.find(
    (one) => one.namespaceId === namespaceId && one.name.toLowerCase() === name.toLowerCase(),
  ) ?? null

export const servicesRegisteringIn = ({ inventory }: World, registryArn: string): readonly EcsService[] =>
  inventory.services.filter((one) => one.status !== 'INACTIVE' && one.registryArns.includes(registryArn))

/** The card of an ECS service or a discovery service on the map. */
export const nodeOf = ({ topology }: World, arn: string): ServiceNode | null =>
  topology.services.find((node) => node.ecs?.arn === arn || node.discovery?.arn === arn) ?? null
