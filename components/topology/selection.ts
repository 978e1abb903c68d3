import type { ClusterGroup, Edge, NamespaceGroup, ServiceNode, Topology } from '@/lib/topology/model'

/** What the inspector shows. */
export type Selection =
  | { readonly kind: 'service'; readonly service: ServiceNode }
  | { readonly kind: 'edge'; readonly edge: Edge; readonly caller: ServiceNode; readonly callee: ServiceNode }
  | { readonly kind: 'namespace'; readonly namespace: NamespaceGroup }
  | { readonly kind: 'cluster'; readonly cluster: ClusterGroup }
  /** The address names something that is not, or no longer, on the map. */
  | { readonly kind: 'gone'; readonly id: string }

export function findSelection(topology: Topology, id: string | null): Selection | null {
  if (id === null) return null
  const service = findService(topology, id)
  if (service) return { kind: 'service', service }
  const edge = topology.edges.find((each) => each.id === id)
  const caller = edge && findService(topology, edge.source)
  const callee = edge && findService(topology, edge.target)
  if (edge && caller && callee) return { kind: 'edge', edge, caller, callee }
  const namespace = topology.namespaces.find((each) => each.id === id)
  if (namespace) return { kind: 'namespace', namespace }
  const cluster = topology.clusters.find((each) => each.id === id)
  return cluster ? { kind: 'cluster', cluster } : { kind: 'gone', id }
}

export function findService(topology: Topology, id: string): ServiceNode | null {
  return topology.services.find((service) => service.id === id) ?? null
}

/** The service the call drawer should aim at: the wanted one, else one that is called, else any with an instance. */
export function pickCallTarget(topology: Topology, wanted: string | null): ServiceNode | null {
  const chosen = wanted === null ? null : findService(topology, wanted)
  if (chosen) return chosen
  const callable = topology.services.filter((service) => service.discovery && service.instances.length > 0)
  const called = new Set(topology.edges.map((edge) => edge.target))
  return callable.find((service) => called.has(service.id)) ?? callable[0] ?? null
}
