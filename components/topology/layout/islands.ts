import type { GroupStructure } from './model'

export type Island = {
  readonly nodes: readonly string[]
  readonly edges: readonly (readonly [string, string])[]
}

/** Splits a group into what hangs together; services that talk to nobody come as one island without edges. */
export function findIslands(structure: GroupStructure): {
  linked: readonly Island[]
  loners: readonly string[]
} {
  const parent = new Map<string, string>(structure.nodes.map((id) => [id, id]))
  const root = (id: string): string => {
    let at = id
    while (parent.get(at) !== at) {
      const up = parent.get(at) ?? at
      parent.set(at, parent.get(up) ?? up)
      at = up
    }
    return at
  }
  for (const [source, target] of structure.edges) parent.set(root(source), root(target))

  const byRoot = new Map<string, { nodes: string[]; edges: (readonly [string, string])[] }>()
  for (const id of structure.nodes) {
    const key = root(id)
    const island = byRoot.get(key)
    if (island) island.nodes.push(id)
    else byRoot.set(key, { nodes: [id], edges: [] })
  }
  for (const edge of structure.edges) byRoot.get(root(edge[0]))?.edges.push(edge)

  const all = [...byRoot.values()]
  return {
    linked: all
      .filter((island) => island.edges.length > 0)
      .toSorted((a, b) => b.nodes.length - a.nodes.length),
    loners: all.filter((island) => island.edges.length === 0).flatMap((island) => island.nodes),
  }
}
