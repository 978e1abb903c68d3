import type { Cluster, DiscoveryService, EcsService, Inventory, Namespace, Task } from '../inventory/model'
import { primaryOf } from './health'
import { makeClusterId, makeIdBook, makeNamespaceId } from './ids'
import { connectNamespace, type Offer, offersOf } from './offers'
import { sortByArn, sortById } from './sort'

/** What `group` starts with on tasks that a service runs (ECS API reference, Task). */
export const SERVICE_GROUP = 'service:'

/** What every step looks things up in. */
export type Facts = {
  readonly inventory: Inventory
  readonly clusters: ReadonlyMap<string, Cluster>
  readonly namespaces: ReadonlyMap<string, Namespace>
  /** Tasks by cluster ARN and group. */
  readonly tasks: ReadonlyMap<string, readonly Task[]>
  readonly liveTaskIds: ReadonlySet<string> | null
  readonly offers: readonly Offer[]
  readonly claimId: (wanted: string) => string
}

/** In an order that does not depend on how an endpoint lists: the same facts always make the same map. */
export function inOrder(inventory: Inventory): Inventory {
  return {
    ...inventory,
    clusters: sortByArn(inventory.clusters),
    services: sortByArn(inventory.services),
    undescribedServices: sortByArn(inventory.undescribedServices),
    tasks: sortByArn(inventory.tasks),
    namespaces: sortById(inventory.namespaces),
    discoveryServices: sortById(inventory.discoveryServices),
  }
}

/** Key of `Facts.tasks`. */
export const taskKey = (clusterArn: string, group: string) => `${clusterArn} ${group}`

/** Indexes one reading. */
export function gather(inventory: Inventory): Facts {
  const tasks = new Map<string, Task[]>()
  for (const task of inventory.tasks) {
    const key = taskKey(task.clusterArn, task.group)
    const group = tasks.get(key)
    if (group) group.push(task)
    else tasks.set(key, [task])
  }
  const complete = inventory.clusters.length > 0 && inventory.clusters.every((cluster) => cluster.tasksRead)
  return {
    inventory,
    clusters: new Map(inventory.clusters.map((cluster) => [cluster.arn, cluster])),
    namespaces: new Map(inventory.namespaces.map((namespace) => [namespace.id, namespace])),
    tasks,
    liveTaskIds: complete
      ? new Set(inventory.tasks.filter((task) => task.lastStatus !== 'STOPPED').map((task) => task.id))
      : null,
    offers: offersOf(inventory),
    claimId: makeIdBook(),
  }
}

/** The name of a cluster, also of one that was not read. */
export const clusterNameOf = (facts: Facts, clusterArn: string) =>
  facts.clusters.get(clusterArn)?.name ?? clusterArn.slice(clusterArn.lastIndexOf('/') + 1)

/** null: the map has no such cluster. */
export const clusterIdOf = (facts: Facts, clusterArn: string) =>
  facts.clusters.has(clusterArn) ? makeClusterId(clusterNameOf(facts, clusterArn)) : null

/** The group of the namespace whose Service Connect a service uses; null: none, or one that the map does not have. */
export function connectGroupOf({ inventory }: Facts, service: EcsService) {
  const config = primaryOf(service)?.serviceConnect
  const namespace = config ? connectNamespace(inventory, service, config).namespace : null
  return namespace ? makeNamespaceId(namespace.id) : null
}

/** null: no registry, or one of a namespace that the map does not have. */
export function namespaceIdOf(facts: Facts, registry: DiscoveryService | undefined) {
  return registry && facts.namespaces.has(registry.namespaceId) ? makeNamespaceId(registry.namespaceId) : null
}
