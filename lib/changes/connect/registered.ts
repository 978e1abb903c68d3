import type { DiscoveryService, EcsService, Namespace } from '../../inventory/model'
import type { World } from '../world'

/** A name under which a service registers its tasks in Cloud Map, with DNS records. */
export type RegisteredName = {
  readonly registry: DiscoveryService
  readonly namespace: Namespace
  /** In lower case, as clients and aliases have it. */
  readonly dnsName: string
}

/** The DNS name that callers of a service use today; null: it has none. */
export function registeredName(service: EcsService, { inventory }: World): RegisteredName | null {
  for (const registry of inventory.discoveryServices) {
    if (!service.registryArns.includes(registry.arn) || registry.dnsRecords.length === 0) continue
    const namespace = inventory.namespaces.find(({ id }) => id === registry.namespaceId)
    if (namespace) return { registry, namespace, dnsName: `${registry.name}.${namespace.name}`.toLowerCase() }
  }
  return null
}

/** A discovery name that the namespace has free: Service Connect cannot use the one that is registered. */
export function freeDiscoveryName(
  wanted: string,
  service: EcsService,
  namespaceId: string,
  { inventory }: World,
): string {
  const taken = new Set(
    inventory.discoveryServices
      .filter((one) => one.namespaceId === namespaceId && one.managedBy !== service.arn)
      .map(({ name }) => name.toLowerCase()),
  )
  const base = wanted
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 56)
  for (const name of [base, `${base}-sc`]) if (name !== '' && !taken.has(name)) return name
  for (let number = 2; ; number += 1) {
    const name = `${base}-sc${number}`
    if (!taken.has(name)) return name
  }
}

/** A name for a port that has none: what it speaks, made different from those that the task has. */
export function freePortName(wanted: string, taken: readonly (string | null | undefined)[]): string {
  const base = wanted === '' ? 'tcp' : wanted
  if (!taken.includes(base)) return base
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`
}
