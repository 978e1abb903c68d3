import type { DiscoveryService, EcsService, Inventory } from '../inventory/model'

export type Link = {
  readonly registry: DiscoveryService
  /** true: ECS is told to register here, so a task that is absent is a fault. */
  readonly expected: boolean
  /** true: Service Connect's own; its name is an endpoint's, not the service's. */
  readonly managed: boolean
}

/** Which Cloud Map service belongs to which ECS service, by the ECS service's ARN. */
export type Links = ReadonlyMap<string, Link>

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

/**
 * Whether Service Connect made it: the endpoints of a service, which are told on its card, and one entry per client-only service,
 * which names nothing that can be called (ECS developer guide).
 */
export function isOfServiceConnect(service: DiscoveryService): boolean {
  return service.managedBy !== null || isBookkeeping(service)
}

const isBookkeeping = (service: DiscoveryService) => service.name.startsWith('aws-ecs-sc.client.')

/** The ECS service that all instances of a registry say they belong to; null when they disagree or don't say. */
function ownerByAttributes(registry: DiscoveryService): string | null {
  let owner: string | null = null
  for (const { attributes } of registry.instances ?? []) {
    const cluster = attributes.ECS_CLUSTER_NAME
    const service = attributes.ECS_SERVICE_NAME
    if (!cluster || !service) return null
    const here = `${cluster}/${service}`
    if (owner !== null && owner !== here) return null
    owner = here
  }
  return owner
}

function linkByRegistryArns(service: EcsService, byKey: ReadonlyMap<string, DiscoveryService>): Link | null {
  for (const arn of service.registryArns) {
    const registry = byKey.get(arn) ?? byKey.get(lastPart(arn))
    if (registry) return { registry, expected: true, managed: false }
  }
  return null
}

/**
 * Links by what ECS says (`serviceRegistries`; the first one found, ECS takes one). Services without one are linked by what
 * Cloud Map says: the description that Service Connect writes, or the owner that all instances name.
 */
export function linkRegistries(inventory: Inventory): Links {
  const byKey = new Map<string, DiscoveryService>()
  for (const registry of inventory.discoveryServices)
    for (const key of [registry.id, registry.arn]) if (key && !byKey.has(key)) byKey.set(key, registry)

  const links = new Map<string, Link>()
  const linked = new Set<DiscoveryService>()
  for (const service of inventory.services) {
    const link = linkByRegistryArns(service, byKey)
    if (!link) continue
    links.set(service.arn, link)
    linked.add(link.registry)
  }

  const clusterNames = new Map(inventory.clusters.map((cluster) => [cluster.arn, cluster.name]))
  const unlinked = new Map<string, EcsService>()
  for (const service of inventory.services)
    if (!links.has(service.arn)) {
      unlinked.set(service.arn, service)
      unlinked.set(`${clusterNames.get(service.clusterArn) ?? ''}/${service.name}`, service)
    }
  for (const registry of inventory.discoveryServices) {
    if (linked.has(registry) || isBookkeeping(registry)) continue
    const owner = registry.managedBy ?? ownerByAttributes(registry)
    const service = owner === null ? undefined : unlinked.get(owner)
    if (!service || links.has(service.arn)) continue
    links.set(service.arn, { registry, expected: false, managed: registry.managedBy !== null })
  }
  return links
}
