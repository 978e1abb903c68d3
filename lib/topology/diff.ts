import { isEqualJson } from './equal'
import type { Topology, TopologyPatch } from './model'

type Keyed = { readonly id: string }

type ListDiff<T> = {
  /** The new list, with the old objects where nothing changed; the old list itself when nothing changed at all. */
  readonly items: readonly T[]
  readonly upsert: readonly T[]
  readonly remove: readonly string[]
}

function diffList<T extends Keyed>(before: readonly T[], after: readonly T[]): ListDiff<T> {
  const old = new Map(before.map((item) => [item.id, item]))
  const upsert: T[] = []
  const items = after.map((item) => {
    const previous = old.get(item.id)
    old.delete(item.id)
    if (previous !== undefined && isEqualJson(previous, item)) return previous
    upsert.push(item)
    return item
  })
  const remove = [...old.keys()]
  return upsert.length === 0 && remove.length === 0
    ? { items: before, upsert, remove }
    : { items, upsert, remove }
}

export type Advance = {
  /** The new map; parts that did not change are the old objects. */
  readonly topology: Topology
  /** null: nothing that a browser can see has changed. */
  readonly patch: TopologyPatch | null
}

const lists = ['namespaces', 'clusters', 'services', 'edges'] as const

/** From one map to the next: gives it its version and says what changed. The version moves only when something visible did. */
export function advance(before: Topology, built: Topology): Advance {
  const namespaces = diffList(before.namespaces, built.namespaces)
  const clusters = diffList(before.clusters, built.clusters)
  const services = diffList(before.services, built.services)
  const edges = diffList(before.edges, built.edges)
  const diffs = { namespaces, clusters, services, edges }
  const target = isEqualJson(before.target, built.target) ? before.target : built.target
  const holes = isEqualJson(before.holes, built.holes) ? before.holes : built.holes

  const quiet =
    target === before.target &&
    holes === before.holes &&
    lists.every((name) => diffs[name].items === before[name])
  if (quiet) return { topology: { ...before, readAtMs: built.readAtMs }, patch: null }

  const version = before.version + 1
  const topology: Topology = {
    version,
    readAtMs: built.readAtMs,
    target,
    namespaces: namespaces.items,
    clusters: clusters.items,
    services: services.items,
    edges: edges.items,
    holes,
  }
  const filled = <T>(name: (typeof lists)[number], part: readonly T[]) =>
    part.length > 0 ? { [name]: part } : {}
  const patch: TopologyPatch = {
    from: before.version,
    version,
    readAtMs: built.readAtMs,
    ...(target === before.target ? {} : { target }),
    ...(holes === before.holes ? {} : { holes }),
    upsert: {
      ...filled('namespaces', namespaces.upsert),
      ...filled('clusters', clusters.upsert),
      ...filled('services', services.upsert),
      ...filled('edges', edges.upsert),
    },
    remove: {
      ...filled('namespaces', namespaces.remove),
      ...filled('clusters', clusters.remove),
      ...filled('services', services.remove),
      ...filled('edges', edges.remove),
    },
  }
  return { topology, patch }
}
