import type { DiscoveryFacts } from '@/lib/topology/model'
import { canonicalAddress } from './address'
import type { Found } from './found'

/** Route 53 answers at most so many records of a MULTIVALUE name. */
const multivalueLimit = 8

const addressesOf = (found: Found): readonly string[] => [
  ...new Set(found.addresses.map(({ address }) => canonicalAddress(address) ?? address)),
]

const list = (addresses: readonly string[]): string =>
  addresses.length <= 3
    ? addresses.join(', ')
    : `${addresses.slice(0, 3).join(', ')} and ${addresses.length - 3} more`

/**
 * Where DNS and DiscoverInstances say different things, as sentences; empty when they agree. Fewer DNS answers than
 * instances is no disagreement where the routing policy explains it (WEIGHTED answers one, MULTIVALUE up to eight).
 */
export const disagreements = (
  discovered: Found,
  resolved: Found,
  facts: Pick<DiscoveryFacts, 'routingPolicy'>,
): readonly string[] => {
  if (discovered.failure || resolved.failure) {
    if (discovered.failure && !resolved.failure) return ['DNS answers although DiscoverInstances does not.']
    if (!discovered.failure && resolved.failure && discovered.addresses.length > 0)
      return ['DiscoverInstances answers although DNS does not.']
    return []
  }
  const byApi = addressesOf(discovered)
  const byDns = addressesOf(resolved)
  const stale = byDns.filter((address) => !byApi.includes(address))
  const missing = byApi.filter((address) => !byDns.includes(address))
  const limited =
    facts.routingPolicy === 'WEIGHTED'
      ? byDns.length >= 1
      : byDns.length >= Math.min(multivalueLimit, byApi.length)
  const ttl = resolved.ttlSeconds === null ? '' : ` (clients may keep it for ${resolved.ttlSeconds} s)`
  return [
    ...(stale.length > 0
      ? [`DNS still names ${list(stale)}, which DiscoverInstances does not return${ttl}.`]
      : []),
    ...(missing.length > 0 && !limited
      ? [`DNS does not name ${list(missing)}, which DiscoverInstances returns.`]
      : []),
  ]
}
