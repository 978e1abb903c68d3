import type { Cluster, DiscoveryService, EcsService, Inventory, Namespace, Task } from '../inventory/model'
import { type Caller, declaredEdges } from './evidence'
import { containerFacts, discoveryFacts, ecsFacts } from './facts'
import { registryVerdict, serviceVerdict, tasksVerdict, type Verdict } from './health'
import {
  makeClusterId,
  makeDiscoveryId,
  makeIdBook,
  makeInstanceId,
  makeNamespaceId,
  makeServiceId,
  makeTasksId,
} from './ids'
import { instancesOfRegistry, instancesOfTasks } from './instances'
import { isBookkeeping, linkRegistries } from './link'
import type { ServiceNode, Topology } from './model'
import { sortByArn, sortById } from './sort'

const SERVICE_GROUP = 'service:'

/** What every step looks things up in. */
type Facts = {
  readonly inventory: Inventory
  readonly clusters: ReadonlyMap<string, Cluster>
  readonly namespaces: ReadonlyMap<string, Namespace>
  /** Tasks by cluster ARN and group. */
  readonly tasks: ReadonlyMap<string, readonly Task[]>
  readonly liveTaskIds: ReadonlySet<string> | null
  readonly claimId: (wanted: string) => string
}

/** In an order that does not depend on how an endpoint lists: the same facts always make the same map. */
function inOrder(inventory: Inventory): Inventory {
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

const taskKey = (clusterArn: string, group: string) => `${clusterArn} ${group}`

function gather(inventory: Inventory): Facts {
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
    claimId: makeIdBook(),
  }
}

const clusterNameOf = (facts: Facts, clusterArn: string) =>
  facts.clusters.get(clusterArn)?.name ?? clusterArn.slice(clusterArn.lastIndexOf('/') + 1)

const clusterIdOf = (facts: Facts, clusterArn: string) =>
  facts.clusters.has(clusterArn) ? makeClusterId(clusterNameOf(facts, clusterArn)) : null

function namespaceIdOf(facts: Facts, registry: DiscoveryService | undefined) {
  return registry && facts.namespaces.has(registry.namespaceId) ? makeNamespaceId(registry.namespaceId) : null
}

/** Several services may share a registry; each card then needs its own name, and strays belong to one card only. */
type Registry = {
  readonly service: DiscoveryService
  readonly expected: boolean
  readonly ownsStrays: boolean
  readonly shared: boolean
}

function serviceNode(facts: Facts, service: EcsService, registry: Registry | null): ServiceNode {
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
        ecsRegisters: registry.expected,
        // In a shared registry the others' tasks have their dots on the others' cards.
        isTold: (id) => told.has(id) || (registry.shared && (facts.liveTaskIds?.has(id) ?? false)),
        makeId: makeInstanceId,
      })
    : []
  const instances = [...ofTasks, ...strays]
  const tasksRead = facts.clusters.get(service.clusterArn)?.tasksRead ?? false
  return {
    id: facts.claimId(makeServiceId(clusterNameOf(facts, service.clusterArn), service.name)),
    name: registry && !registry.shared ? registry.service.name : service.name,
    namespace: namespaceIdOf(facts, registry?.service),
    cluster: clusterIdOf(facts, service.clusterArn),
    ...serviceVerdict(service, instances, tasksRead),
    ecs: ecsFacts(service),
    discovery: registry
      ? discoveryFacts(registry.service, facts.namespaces.get(registry.service.namespaceId))
      : null,
    ...containers,
    instances,
  }
}

function discoveryNode(facts: Facts, registry: DiscoveryService): ServiceNode {
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
    ports: [],
    images: [],
    instances,
  }
}

function tasksNode(
  facts: Facts,
  card: { wanted: string; name: string; clusterArn: string; tasks: readonly Task[]; verdict?: Verdict },
): ServiceNode | null {
  const definitionArn = card.tasks[0]?.taskDefinitionArn ?? ''
  const containers = containerFacts(facts.inventory.taskDefinitions[definitionArn], card.tasks)
  const instances = instancesOfTasks({
    tasks: card.tasks,
    registered: null,
    registrationExpected: false,
    defaultPort: containers.ports[0]?.port ?? null,
    nowMs: facts.inventory.readAtMs,
  })
  if (!card.verdict && instances.length === 0) return null
  return {
    id: facts.claimId(card.wanted),
    name: card.name,
    namespace: null,
    cluster: clusterIdOf(facts, card.clusterArn),
    ...(card.verdict ?? tasksVerdict(instances)),
    ecs: null,
    discovery: null,
    ...containers,
    instances,
  }
}

const undescribed: Verdict = {
  state: 'off',
  status: 'unknown',
  reasons: ['ECS lists this service, but it could not be described: its counts are unknown.'],
}
const unlisted: Verdict = {
  state: 'off',
  status: 'unknown',
  reasons: ['Its tasks name this service, but services could not be read: its counts are unknown.'],
}
const leaving: Verdict = {
  state: 'busy',
  status: 'draining',
  reasons: ['ECS no longer lists this service; its last tasks are being stopped.'],
}

/** Cards for tasks that belong to no described service: undescribed or draining services, and tasks run on their own. */
function otherTaskNodes(facts: Facts): ServiceNode[] {
  const { inventory } = facts
  const told = new Set(
    inventory.services.map((service) => taskKey(service.clusterArn, SERVICE_GROUP + service.name)),
  )
  const nodes: ServiceNode[] = []
  const add = (node: ServiceNode | null) => {
    if (node) nodes.push(node)
  }
  for (const { name, clusterArn } of inventory.undescribedServices) {
    const key = taskKey(clusterArn, SERVICE_GROUP + name)
    if (told.has(key)) continue
    told.add(key)
    const wanted = makeServiceId(clusterNameOf(facts, clusterArn), name)
    add(
      tasksNode(facts, { wanted, name, clusterArn, tasks: facts.tasks.get(key) ?? [], verdict: undescribed }),
    )
  }
  for (const [key, tasks] of facts.tasks) {
    const first = tasks[0]
    if (!first || told.has(key)) continue
    const { clusterArn, group } = first
    const clusterName = clusterNameOf(facts, clusterArn)
    if (!group.startsWith(SERVICE_GROUP)) {
      const name = group.startsWith('family:') ? group.slice('family:'.length) : group || 'tasks'
      add(tasksNode(facts, { wanted: makeTasksId(clusterName, group), name, clusterArn, tasks }))
      continue
    }
    const name = group.slice(SERVICE_GROUP.length)
    const wanted = makeServiceId(clusterName, name)
    if (facts.clusters.get(clusterArn)?.servicesRead === false)
      add(tasksNode(facts, { wanted, name, clusterArn, tasks, verdict: unlisted }))
    else if (tasks.some((task) => task.lastStatus !== 'STOPPED'))
      add(tasksNode(facts, { wanted, name, clusterArn, tasks, verdict: leaving }))
  }
  return nodes
}

function serviceNodes(facts: Facts): ServiceNode[] {
  const { inventory } = facts
  const links = linkRegistries(inventory)
  const users = new Map<DiscoveryService, number>()
  for (const { registry } of links.values()) users.set(registry, (users.get(registry) ?? 0) + 1)
  const strayOwners = new Set<DiscoveryService>()
  const nodes = inventory.services.map((service) => {
    const link = links.get(service.arn)
    if (!link) return serviceNode(facts, service, null)
    const ownsStrays = !strayOwners.has(link.registry)
    strayOwners.add(link.registry)
    const shared = (users.get(link.registry) ?? 0) > 1
    return serviceNode(facts, service, {
      service: link.registry,
      expected: link.expected,
      ownsStrays,
      shared,
    })
  })
  for (const registry of inventory.discoveryServices)
    if (!users.has(registry) && !isBookkeeping(registry)) nodes.push(discoveryNode(facts, registry))
  return [...nodes, ...otherTaskNodes(facts)]
}

function callersOf(inventory: Inventory, nodes: readonly ServiceNode[]): Caller[] {
  const definitionOf = new Map(inventory.tasks.map((task) => [task.arn, task.taskDefinitionArn]))
  const callers: Caller[] = []
  for (const node of nodes) {
    const arn =
      node.ecs?.taskDefinitionArn ??
      node.instances.map((instance) => definitionOf.get(instance.taskArn ?? '')).find((found) => found)
    const definition = arn ? inventory.taskDefinitions[arn] : undefined
    if (definition) callers.push({ nodeId: node.id, name: node.name, definition })
  }
  return callers
}

/**
 * The map of one reading. Pure and total: whatever an endpoint answered, nothing throws and nothing that was read is lost, except
 * Service Connect's own bookkeeping entries and tasks that stopped as wished. `version` is 0; `advance` gives it its number.
 */
export function buildTopology(given: Inventory): Topology {
  const inventory = inOrder(given)
  const facts = gather(inventory)
  const nodes = serviceNodes(facts)
  const declared = declaredEdges(callersOf(inventory, nodes), nodes, inventory.namespaces)
  const claimGroup = makeIdBook()
  return {
    version: 0,
    readAtMs: inventory.readAtMs,
    target: inventory.target,
    namespaces: sortById(
      inventory.namespaces.map((namespace) => ({
        id: claimGroup(makeNamespaceId(namespace.id)),
        namespaceId: namespace.id,
        arn: namespace.arn,
        name: namespace.name,
        type: namespace.type,
      })),
    ),
    clusters: sortById(
      inventory.clusters.map((cluster) => ({
        id: claimGroup(makeClusterId(cluster.name)),
        arn: cluster.arn,
        name: cluster.name,
        status: cluster.status,
      })),
    ),
    services: sortById([...nodes, ...declared.missing]),
    edges: sortById(declared.edges),
    holes: inventory.holes,
  }
}
