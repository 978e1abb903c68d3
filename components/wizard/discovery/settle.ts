import {
  type DiscoverySettings,
  discoveryConflicts,
  type RecordSet,
} from '@/lib/changes/inputs/create-discovery-service'

type Field = 'records' | 'routing' | 'health'

const orders: { readonly [Name in Field]: readonly DiscoverySettings[Name][] } = {
  records: ['A', 'NONE', 'SRV', 'AAAA', 'A_AAAA', 'CNAME'],
  routing: ['MULTIVALUE', 'WEIGHTED'],
  health: ['custom', 'none', 'route53'],
}

/** Why a value cannot be chosen beside the others; null when it can. */
export function reasonAgainst<Name extends Field>(
  settings: DiscoverySettings,
  field: Name,
  value: DiscoverySettings[Name],
): string | null {
  const wanted = { ...settings, [field]: value }
  return discoveryConflicts(wanted).find((conflict) => conflict.field === field)?.message ?? null
}

/**
 * Settings that can be together: what clashes with a choice just made gives way to the first value that does not. A namespace that has
 * DNS gets records again.
 */
export function settle(settings: DiscoverySettings, before: DiscoverySettings): DiscoverySettings {
  const hadDns = before.namespaceType !== 'HTTP'
  const hasDns = settings.namespaceType !== 'HTTP'
  const records: RecordSet = !hadDns && hasDns && settings.records === 'NONE' ? 'A' : settings.records
  const first = { ...settings, records }
  const withRecords = { ...first, records: firstFree(first, 'records') }
  const withRouting = { ...withRecords, routing: firstFree(withRecords, 'routing') }
  return { ...withRouting, health: firstFree(withRouting, 'health') }
}

function firstFree<Name extends Field>(settings: DiscoverySettings, field: Name): DiscoverySettings[Name] {
  const now = settings[field]
  if (reasonAgainst(settings, field, now) === null) return now
  return orders[field].find((value) => reasonAgainst(settings, field, value) === null) ?? now
}
