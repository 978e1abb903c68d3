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

/** Whether some name below this one exists; then this one exists too, without records (RFC 8020). */
export function hasDeeperName(state: CloudMapState, namespaceId: string, relative: string): boolean {
  const ending = `.${relative.toLowerCase()}`
  for (const service of state.services.values()) {
    if (service.namespaceId !== namespaceId || service.instances.size === 0) continue
    if (service.dnsRecords.length > 0 && service.name.toLowerCase().endsWith(ending)) return true
  }
  return false
}
