import type { Edge } from '@/lib/topology/model'
import type { Group } from '../grouping'
import type { GroupStructure } from './model'

/** The structures of all groups; edges that leave a group do not shape it. */
export function buildStructures(groups: readonly Group[], edges: readonly Edge[]): readonly GroupStructure[] {
  const groupOf = new Map(groups.flatMap((group) => group.serviceIds.map((id) => [id, group.id] as const)))
  const inside = new Map<string, (readonly [string, string])[]>()
  for (const edge of edges) {
    const group = groupOf.get(edge.source)
    if (group === undefined || group !== groupOf.get(edge.target) || edge.source === edge.target) continue
    const list = inside.get(group)
    if (list) list.push([edge.source, edge.target])
    else inside.set(group, [[edge.source, edge.target]])
  }
  return groups.map((group) => {
    const pairs = (inside.get(group.id) ?? []).toSorted((a, b) => compare(a.join('>'), b.join('>')))
    const nodes = group.serviceIds.toSorted(compare)
    return {
      id: group.id,
      framed: group.kind !== 'flat',
      nodes,
      edges: pairs,
      hash: hashText([group.id, group.kind, ...nodes, '|', ...pairs.flat()].join('\n')),
    }
  })
}

/** FNV-1a, 64 bits as hex: a fingerprint for caching, not for secrets. */
export function hashText(text: string): string {
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193) >>> 0
    high = Math.imul(high ^ (code + i), 0x01000193) >>> 0
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
