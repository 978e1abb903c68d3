import type { Question } from 'dns-packet'
import type { RecordSet, RecordValue, Zone, Zones } from '@/lib/emulator/dns/zone'

/** Zones from a table of names; what is not in the table does not exist. */
export function zonesFrom(name: string, table: Readonly<Record<string, readonly RecordSet[]>>): Zones {
  const zone: Zone = { name, soaTtlSeconds: 15, find: (asked) => table[asked.toLowerCase()] }
  return { zonesOf: (asked) => (`.${asked.toLowerCase()}`.endsWith(`.${name}`) ? [zone] : []) }
}

export const addresses = (count: number, healthy = true): RecordValue[] =>
  Array.from({ length: count }, (_, index) => ({ type: 'A', healthy, data: `127.10.0.${11 + index}` }))

export const setOf = (values: readonly RecordValue[], changes: Partial<RecordSet> = {}): RecordSet => ({
  type: values[0]?.type ?? 'A',
  ttlSeconds: 60,
  routing: 'MULTIVALUE',
  values,
  ...changes,
})

export const ask = (name: string, type: Question['type'] = 'A'): Question => ({ name, type, class: 'IN' })
