import type { Deployment, EcsService, Inventory, Task } from '../inventory/model'
import { primaryOf } from './health'
import type { ConnectFacts, Edge, ServiceNode } from './model'
import { connectNamespace, type Offer } from './offers'

/** What ECS calls the sidecar of a task (seen in DescribeTasks; the rest of the name is random). */
const SIDECAR = /^ecs-service-connect-/

/**
 * On AWS a name made 11.6 s before a deployment was seen by it and one made 2.4 s after was not; both clocks tell when something was
 * asked for, not when it spread. The local cloud freezes at the very time it tells.
 */
const SPREAD_MS: Readonly<Record<Inventory['target']['kind'], number>> = {
  local: 0,
  endpoint: 10_000,
  aws: 10_000,
}

/** Whether a deployment was made too early to know this endpoint. Traffic that was counted to it since proves the contrary. */
export function isUnknownTo(
  offer: Offer,
  caller: EcsService,
  deployment: Deployment,
  inventory: Inventory,
): boolean {
  const madeAtMs = offer.registry?.createdAtMs ?? null
  if (madeAtMs === null || offer.service.arn === caller.arn) return false
  if (deployment.createdAtMs > madeAtMs + SPREAD_MS[inventory.target.kind]) return false
  const clusterName = inventory.clusters.find((cluster) => cluster.arn === caller.clusterArn)?.name
  return !inventory.traffic.some(
    (one) =>
      one.targetDiscoveryName === offer.discoveryName &&
      one.serviceName === caller.name &&
      one.clusterName === clusterName &&
      one.lastSeenMs >= madeAtMs,
  )
}

function proxiesOf(tasks: readonly Task[]) {
  const proxies = tasks
    .filter((task) => task.lastStatus !== 'STOPPED')
    .flatMap((task) => task.containers.filter((container) => SIDECAR.test(container.name)))
    .filter((container) => container.lastStatus !== 'STOPPED')
  return {
    proxies: proxies.length,
    proxiesHealthy: proxies.filter(
      (container) => container.lastStatus === 'RUNNING' && container.health === 'HEALTHY',
    ).length,
  }
}

/** What a card tells of Service Connect; null: its PRIMARY deployment has none. */
export function connectFacts(
  inventory: Inventory,
  service: EcsService,
  tasks: readonly Task[],
  offers: readonly Offer[],
): ConnectFacts | null {
  const primary = primaryOf(service)
  const config = primary?.serviceConnect
  if (!primary || !config) return null
  const { namespace, key } = connectNamespace(inventory, service, config)
  const unknown = offers.filter(
    (offer) => key !== '' && offer.namespaceKey === key && isUnknownTo(offer, service, primary, inventory),
  )
  return {
    mode: config.services.length > 0 ? 'client and server' : 'client',
    namespaceArn: namespace?.arn ?? config.namespace,
    endpoints: offers
      .filter((offer) => offer.service === service)
      .map(({ portName, discoveryName, alias, port, ingressPort }) => ({
        portName,
        discoveryName,
        alias,
        port,
        ingressPort,
      })),
    ...proxiesOf(tasks),
    unknownNames: [...new Set(unknown.map((offer) => offer.alias))].sort(),
    missedNames: [],
  }
}

/** The cards with the names that they call and cannot resolve; `edges` says which names a card calls. */
export function withMissedNames(
  nodes: readonly ServiceNode[],
  edges: readonly Edge[],
): readonly ServiceNode[] {
  const called = new Map<string, Set<string>>()
  for (const edge of edges) {
    const hosts = called.get(edge.source) ?? new Set()
    called.set(edge.source, hosts)
    for (const evidence of edge.evidence) if (evidence.kind === 'declared') hosts.add(evidence.host)
  }
  return nodes.map((node) => {
    const missed = node.connect?.unknownNames.filter((name) => called.get(node.id)?.has(name)) ?? []
    return node.connect && missed.length > 0
      ? { ...node, connect: { ...node.connect, missedNames: missed } }
      : node
  })
}
