import type { ServiceNode, Topology } from '@/lib/topology/model'

/** Services of the same Service Connect namespace that were deployed before a name of this one existed, by name. */
export function staleClients(topology: Topology, service: ServiceNode): readonly ServiceNode[] {
  const { connect } = service
  if (!connect) return []
  const offered = new Set(connect.endpoints.map(({ alias }) => alias))
  return topology.services
    .filter(
      (node) =>
        node.id !== service.id &&
        node.connect?.namespaceArn === connect.namespaceArn &&
        node.connect.unknownNames.some((name) => offered.has(name)),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
