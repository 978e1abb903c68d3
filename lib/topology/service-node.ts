import type { DiscoveryService, EcsService } from '../inventory/model'
import { connectFacts } from './connect'
import { containerFacts, discoveryFacts, ecsFacts } from './facts'
import {
  clusterIdOf,
  clusterNameOf,
  connectGroupOf,
  type Facts,
  namespaceIdOf,
  SERVICE_GROUP,
  taskKey,
} from './gather'
import { registryVerdict, serviceVerdict } from './health'
import { makeDiscoveryId, makeInstanceId, makeServiceId } from './ids'
import { instancesOfRegistry, instancesOfTasks } from './instances'
import type { ServiceNode } from './model'

/** Several services may share a registry; each card then needs its own name, and strays belong to one card only. */
export type Registry = {
  readonly service: DiscoveryService
  readonly expected: boolean
  readonly ownsStrays: boolean
  readonly shared: boolean
  /** Service Connect's own. */
  readonly managed: boolean
}

/** The card of an ECS service, merged with the Cloud Map service it registers into. */
export function serviceNode(facts: Facts, service: EcsService, registry: Registry | null): ServiceNode {
  const { inventory } = facts
  const tasks = facts.tasks.get(taskKey(service.clusterArn, SERVICE_GROUP + service.name)) ?? []
  const containers = containerFacts(inventory.taskDefinitions[service.taskDefinitionArn], tasks)
  const registered = registry?.service.instances ?? null
  const ofTasks = instancesOfTasks({
    tasks,
    registered,
    registrationExpected: registry?.expected ?? false,
    defaultPort: containers.ports[0]?.port ?? null,
    nowMs: inventory.readAtMs,
  })
  const told = new Set(ofTasks.map((instance) => instance.taskId))
  const strays = registry?.ownsStrays
    ? instancesOfRegistry({
        registry: registry.service,
        liveTaskIds: facts.liveTaskIds,
        ecsRegisters: registry.expected || registry.managed,
        // In a shared registry the others' tasks have their dots on the others' cards.
        isTold: (id) => told.has(id) || (registry.shared && (facts.liveTaskIds?.has(id) ?? false)),
        makeId: makeInstanceId,
      })
    : []
  const instances = [...ofTasks, ...strays]
  const tasksRead = facts.clusters.get(service.clusterArn)?.tasksRead ?? false
  return {
    id: facts.claimId(makeServiceId(clusterNameOf(facts, service.clusterArn), service.name)),
    name: registry && !registry.shared && !registry.managed ? registry.service.name : service.name,
    namespace: namespaceIdOf(facts, registry?.service) ?? connectGroupOf(facts, service),
    cluster: clusterIdOf(facts, service.clusterArn),
    ...serviceVerdict(service, instances, tasksRead),
    ecs: ecsFacts(service),
    discovery: registry
      ? discoveryFacts(registry.service, facts.namespaces.get(registry.service.namespaceId))
      : null,
    connect: connectFacts(inventory, service, tasks, facts.offers),
    ...containers,
    instances,
  }
}

/** The card of a Cloud Map service that no ECS service registers into. */
export function discoveryNode(facts: Facts, registry: DiscoveryService): ServiceNode {
  const id = facts.claimId(makeDiscoveryId(registry.id))
  const instances = instancesOfRegistry({
    registry,
    liveTaskIds: facts.liveTaskIds,
    ecsRegisters: false,
    isTold: () => false,
    makeId: (instanceId) => makeInstanceId(`${registry.id}/${instanceId}`),
  })
  return {
    id,
    name: registry.name,
    namespace: namespaceIdOf(facts, registry),
    cluster: null,
    ...registryVerdict(instances, registry.instances !== null),
    ecs: null,
    discovery: discoveryFacts(registry, facts.namespaces.get(registry.namespaceId)),
    connect: null,
    ports: [],
    images: [],
    instances,
  }
}
