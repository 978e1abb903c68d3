import type { ServiceNode, Topology } from '@/lib/topology/model'

/** More cards than this would be too small to read in the little map. */
const mostCards = 12

/**
 * The part of the map that a change touches: the namespaces that hold something new, with their services, and whoever talks to something
 * new. What is new comes first when not all of it has room.
 */
export function aroundGhosts(topology: Topology, ghosts: ReadonlySet<string>): Topology {
  const touched = new Set(
    topology.services.filter((service) => ghosts.has(service.id)).map((service) => service.namespace),
  )
  const namespaces = topology.namespaces.filter((group) => ghosts.has(group.id) || touched.has(group.id))
  const shown = new Set<string | null>(namespaces.map((group) => group.id))
  const linked = new Set(
    topology.edges.flatMap((edge) =>
      ghosts.has(edge.source) || ghosts.has(edge.target) ? [edge.source, edge.target] : [],
    ),
  )
  const rank = (service: ServiceNode) => (ghosts.has(service.id) ? 0 : linked.has(service.id) ? 1 : 2)
  const services = topology.services
    .filter((service) => rank(service) < 2 || (service.namespace !== null && shown.has(service.namespace)))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, mostCards)
  const kept = new Set(services.map((service) => service.id))
  const homes = new Set(services.map((service) => service.namespace))
  return {
    ...topology,
    clusters: topology.clusters.filter((cluster) => ghosts.has(cluster.id)),
    namespaces: topology.namespaces.filter((group) => shown.has(group.id) || homes.has(group.id)),
    services,
    edges: topology.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)),
  }
}

/** What the drawing says, for those who do not see it: `New: backend-api in production.local, called by frontend-web.` */
export function describeGhosts(
  topology: Topology,
  ghosts: ReadonlySet<string>,
  changed: ReadonlySet<string> = new Set(),
): string {
  const names = new Map(topology.services.map((service) => [service.id, service.name]))
  const homes = new Map(topology.namespaces.map((group) => [group.id, group.name]))
  const fresh = topology.services.filter((service) => ghosts.has(service.id))
  const parts = [
    ...topology.clusters.filter((each) => ghosts.has(each.id)).map((each) => `cluster ${each.name}`),
    ...topology.namespaces.filter((group) => ghosts.has(group.id)).map((group) => `namespace ${group.name}`),
    ...fresh.map((service) => {
      const home = service.namespace === null ? undefined : homes.get(service.namespace)
      const callers = topology.edges.filter((edge) => edge.target === service.id)
      const callees = topology.edges.filter((edge) => edge.source === service.id)
      const list = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id).join(' and ')
      return [
        service.name,
        home && `in ${home}`,
        callers.length > 0 && `called by ${list(callers.map((edge) => edge.source))}`,
        callees.length > 0 && `calling ${list(callees.map((edge) => edge.target))}`,
      ]
        .filter(Boolean)
        .join(' ')
    }),
  ]
  const altered = topology.services.filter(({ id }) => changed.has(id)).map(({ name }) => name)
  const words = [
    ...(parts.length > 0 ? [`New on the map: ${parts.join(', ')}.`] : []),
    ...(altered.length > 0 ? [`Changed on the map: ${altered.join(', ')}.`] : []),
  ]
  return words.length === 0 ? 'Nothing new on the map.' : words.join(' ')
}
