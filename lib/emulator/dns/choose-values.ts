import type { RecordSet, RecordValue } from './zone'

/** Cloud Map answers at most eight values (MULTIVALUE routing policy). */
const maxValues = 8

/** Fisher-Yates, only as far as needed. `random` gives [0, 1). */
function pick<T>(from: readonly T[], count: number, random: () => number): T[] {
  const rest = [...from]
  const picked: T[] = []
  while (picked.length < count && rest.length > 0) {
    const at = Math.floor(random() * rest.length)
    const [one] = rest.splice(at, 1)
    if (one !== undefined) picked.push(one)
  }
  return picked
}

/**
 * The values that answer one query: healthy ones in random order, eight at most, or one when WEIGHTED. When none is
 * healthy it answers as if all were (Cloud Map developer guide, "routing policy").
 */
export function chooseValues(set: RecordSet, random: () => number): readonly RecordValue[] {
  const healthy = set.values.filter((value) => value.healthy)
  const from = healthy.length > 0 ? healthy : set.values
  return pick(from, set.routing === 'WEIGHTED' ? 1 : maxValues, random)
}
