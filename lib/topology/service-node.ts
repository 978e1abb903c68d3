import type { DiscoveryService, EcsService } from '../inventory/model'
import { connectFacts } from './connect'
import { containerFacts, discoveryFacts, dnsNameOf, ecsFacts } from './facts'
import {
  clusterIdOf,
  clusterNameOf,
  connectGroupOf,
  type Facts,
  namespaceIdOf,
  SERVICE_GROUP,
  taskKey,
} from './gather'
import { registryVerdict, serviceVerdict, type Verdict } from './health'
import { makeDiscoveryId, makeInstanceId, makeServiceId } from './ids'
import { instancesOfRegistry, instancesOfTasks } from './instances'
import type { ConnectFacts, ServiceNode } from './model'

/** Several services may share a registry; each card then needs its own name, and strays belong to one card only. */
export type Registry = {
  readonly service: DiscoveryService
  readonly expected: boolean
  readonly ownsStrays: boolean
  readonly shared: boolean
  /** Service Connect's own. */
  readonly managed: boolean
}

/**
 * What callers in Service Connect call it, without its namespace: a service that leaves its registry for Service Connect keeps the name of
 * its card. null: it offers nothing, or under several names.
 */
function aliasLabel(connect: ConnectFacts | null): string | null {
  const labels = new Set(connect?.endpoints.map(({ alias }) => alias.split('.')[0] ?? ''))
  const [only = ''] = labels
  return labels.size === 1 && only !== '' ? only : null
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
  const connect = connectFacts(inventory, service, tasks, facts.offers)
  const registeredName =
    registry && !registry.managed ? (registry.shared ? service.name : registry.service.name) : null
  const tasksRead = facts.clusters.get(service.clusterArn)?.tasksRead ?? false
  return {
    id: facts.claimId(makeServiceId(clusterNameOf(facts, service.clusterArn), service.name)),
    name: registeredName ?? aliasLabel(connect) ?? service.name,
    namespace: namespaceIdOf(facts, registry?.service) ?? connectGroupOf(facts, service),
    cluster: clusterIdOf(facts, service.clusterArn),
    ...serviceVerdict(service, instances, tasksRead),
    ecs: ecsFacts(service),
    discovery: registry
      ? discoveryFacts(registry.service, facts.namespaces.get(registry.service.namespaceId))
      : null,
    connect,
    ...containers,
    instances,
  }
}

/** What is left of service discovery when a service has moved to Service Connect under the same name; null: it is not that. */
function leftOver(facts: Facts, registry: DiscoveryService): Verdict | null {
  if (registry.instances === null || registry.instances.length > 0) return null
  const name = dnsNameOf(registry, facts.namespaces.get(registry.namespaceId))?.toLowerCase() ?? null
  const offer = name === null ? undefined : facts.offers.find(({ alias }) => alias === name)
  if (!offer) return null
  return {
    state: 'off',
    status: 'left over',
    reasons: [
      `Nothing is registered here any more: DNS does not answer ${name}, and callers in Service Connect reach ${offer.service.name} by it.`,
    ],
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
    ...(leftOver(facts, registry) ?? registryVerdict(instances, registry.instances !== null)),
    ecs: null,
    discovery: discoveryFacts(registry, facts.namespaces.get(registry.namespaceId)),
    connect: null,
    ports: [],
    images: [],
    instances,
  }
}
