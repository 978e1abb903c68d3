import type { CloudMapState, DiscoveryServiceRecord } from '../state/cloud-map'

const indexes = new WeakMap<CloudMapState, Map<string, DiscoveryServiceRecord>>()

const keyOf = (namespaceId: string, lowerName: string): string => `${namespaceId}/${lowerName}`

/**
 * Finds a service by its name in any case. An index remembers what was found before; what it says is checked against
 * the state (names never change, services only come and go), so nobody has to keep it fresh. Only a name that was
 * never found, or is gone, costs a look at all services.
 */
export function findService(
  state: CloudMapState,
  namespaceId: string,
  name: string,
): DiscoveryServiceRecord | undefined {
  const lower = name.toLowerCase()
  const key = keyOf(namespaceId, lower)
  let index = indexes.get(state)
  const known = index?.get(key)
  if (known && state.services.get(known.id) === known) return known
  for (const service of state.services.values()) {
    if (service.namespaceId !== namespaceId || service.name.toLowerCase() !== lower) continue
    // Names of services that are gone stay behind; start over before they outnumber the living.
    if (!index || index.size > 64 + 2 * state.services.size) {
      index = new Map()
      indexes.set(state, index)
    }
    index.set(key, service)
    return service
  }
  index?.delete(key)
  return undefined
}

/**
 * One look at all services of a namespace, for a name that none of them has: those that the name lies below (`api` for
 * `task1.api`), and whether some service lies below the name, which then exists too, without records (RFC 8020).
 */
export function findAround(
  state: CloudMapState,
  namespaceId: string,
  name: string,
): { readonly above: readonly DiscoveryServiceRecord[]; readonly isAboveOne: boolean } {
  const lower = name.toLowerCase()
  const above: DiscoveryServiceRecord[] = []
  let isAboveOne = false
  for (const service of state.services.values()) {
    if (service.namespaceId !== namespaceId || service.dnsRecords.length === 0) continue
    const other = service.name.toLowerCase()
    if (isBelow(lower, other)) above.push(service)
    else if (service.instances.size > 0 && isBelow(other, lower)) isAboveOne = true
  }
  return { above, isAboveOne }
}

const isBelow = (name: string, other: string): boolean =>
  name.length > other.length && name.endsWith(other) && name[name.length - other.length - 1] === '.'
