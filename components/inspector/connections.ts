import type { Edge, ServiceNode, Topology } from '@/lib/topology/model'

export type Connection = { readonly edge: Edge; readonly peer: ServiceNode }

/** Who calls a service and whom it calls, by name of the other side. */
export function findConnections(
  topology: Topology,
  serviceId: string,
): { readonly calledBy: readonly Connection[]; readonly calls: readonly Connection[] } {
  const byId = new Map(topology.services.map((service) => [service.id, service]))
  const pair = (edge: Edge, peerId: string): readonly Connection[] => {
    const peer = byId.get(peerId)
    return peer ? [{ edge, peer }] : []
  }
  const sort = (list: readonly Connection[]) =>
    list.toSorted((a, b) => (a.peer.name < b.peer.name ? -1 : a.peer.name > b.peer.name ? 1 : 0))
  return {
    calledBy: sort(
      topology.edges.flatMap((edge) => (edge.target === serviceId ? pair(edge, edge.source) : [])),
    ),
    calls: sort(topology.edges.flatMap((edge) => (edge.source === serviceId ? pair(edge, edge.target) : []))),
  }
}
