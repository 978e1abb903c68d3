import type { Scope } from '../scope'
import type { CloudMapState, NamespaceRecord } from '../state/cloud-map'
import type { Regions } from '../state/region'
import { findRecordSets } from './service-records'
import type { Zone, ZoneSource } from './zone'

/** A namespace as a zone. HTTP namespaces have none. */
const zoneOf = (state: CloudMapState, namespace: NamespaceRecord): Zone => ({
  name: namespace.name.toLowerCase(),
  soaTtlSeconds: namespace.soaTtlSeconds,
  find: (name) => findRecordSets(state, namespace, name),
})

/** The most specific DNS namespaces that hold the name; two can have the same name, for two VPCs. */
function namespacesOf(state: CloudMapState, name: string): readonly NamespaceRecord[] {
  const lower = name.toLowerCase()
  let best: NamespaceRecord[] = []
  let bestLength = 0
  for (const namespace of state.namespaces.values()) {
    if (namespace.type === 'HTTP') continue
    const zone = namespace.name.toLowerCase()
    if (!lower.endsWith(zone)) continue
    if (lower.length > zone.length && lower[lower.length - zone.length - 1] !== '.') continue
    if (zone.length > bestLength) {
      best = [namespace]
      bestLength = zone.length
    } else if (zone.length === bestLength) best.push(namespace)
  }
  return best
}

/**
 * The zones of all accounts and regions, read from the state at each query, so they are never stale. A task sees its
 * own account and region (`scopeOf` knows tasks by their address); anybody else sees the default scope first and then
 * all others.
 */
export function buildZoneSource(
  regions: Regions,
  options: { readonly defaultScope: Scope; scopeOf(address: string): Scope | undefined },
): ZoneSource {
  return (askerAddress) => {
    const scope = options.scopeOf(askerAddress)
    const states = (): CloudMapState[] => {
      if (scope) return [regions.of(scope).cloudMap]
      const first = regions.of(options.defaultScope).cloudMap
      const others = [...regions.all()].map((region) => region.cloudMap)
      return [first, ...others.filter((state) => state !== first)]
    }
    return {
      zonesOf: (name) =>
        states().flatMap((state) => namespacesOf(state, name).map((namespace) => zoneOf(state, namespace))),
    }
  }
}
