import type { Topology, TopologyPatch } from './model'
import { sortById } from './sort'

function patchList<T extends { readonly id: string }>(
  items: readonly T[],
  upsert: readonly T[] | undefined,
  remove: readonly string[] | undefined,
): readonly T[] {
  if (!upsert?.length && !remove?.length) return items
  const byId = new Map(items.map((item) => [item.id, item]))
  for (const id of remove ?? []) byId.delete(id)
  for (const item of upsert ?? []) byId.set(item.id, item)
  return sortById([...byId.values()])
}

/**
 * The map after a patch; what the patch does not name keeps its reference, so that only changed cards are drawn again.
 * null when the patch starts from another version: ask for a snapshot.
 */
export function applyPatch(topology: Topology, patch: TopologyPatch): Topology | null {
  if (patch.from !== topology.version) return null
  return {
    version: patch.version,
    readAtMs: patch.readAtMs,
    target: patch.target ?? topology.target,
    namespaces: patchList(topology.namespaces, patch.upsert.namespaces, patch.remove.namespaces),
    clusters: patchList(topology.clusters, patch.upsert.clusters, patch.remove.clusters),
    services: patchList(topology.services, patch.upsert.services, patch.remove.services),
    edges: patchList(topology.edges, patch.upsert.edges, patch.remove.edges),
    holes: patch.holes ?? topology.holes,
  }
}
