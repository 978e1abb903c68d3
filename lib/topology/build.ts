import type { DiscoveryService, Inventory } from '../inventory/model'
import { withMissedNames } from './connect'
import { type Caller, declaredEdges } from './evidence'
import { type Facts, gather, inOrder } from './gather'
import { makeClusterId, makeIdBook, makeNamespaceId } from './ids'
import { isOfServiceConnect, linkRegistries } from './link'
import type { ServiceNode, Topology } from './model'
import { withObserved } from './observed'
import { discoveryNode, serviceNode } from './service-node'
import { sortById } from './sort'
import { otherTaskNodes } from './task-nodes'

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
      managed: link.managed,
      ownsStrays,
      shared,
    })
  })
  for (const registry of inventory.discoveryServices)
    if (!users.has(registry) && !isOfServiceConnect(registry)) nodes.push(discoveryNode(facts, registry))
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
 * Service Connect's own Cloud Map services, which are part of their ECS service's card, and tasks that stopped as wished. `version` is 0; `advance` gives it its number.
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
    services: sortById([...withMissedNames(nodes, declared.edges), ...declared.missing]),
    edges: sortById(withObserved(facts, nodes, declared.edges)),
    holes: inventory.holes,
  }
}
