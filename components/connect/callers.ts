import type { ServiceNode, Topology } from '@/lib/topology/model'

/** How a caller reaches a service that is being moved to Service Connect. */
export type CallerWay = {
  readonly nodeId: string
  readonly name: string
  /** `proxy`: by the alias, through its proxy. `dns`: by the DNS name still. `stale`: in the namespace, deployed too early. */
  readonly way: 'proxy' | 'dns' | 'stale'
  /** As CloudWatch counted it; null: nothing counted (yet). */
  readonly observed: { readonly requestsPerSecond: number; readonly errorShare: number | null } | null
}

/** Known callers of a service and the way that each takes to the name, by name. */
export function callerWays(topology: Topology, service: ServiceNode, dnsName: string): readonly CallerWay[] {
  const home = service.connect?.namespaceArn ?? null
  const nodes = new Map(topology.services.map((node) => [node.id, node]))
  return topology.edges
    .filter((edge) => edge.target === service.id)
    .flatMap(({ source, evidence }): CallerWay[] => {
      const caller = nodes.get(source)
      if (!caller) return []
      const seen = evidence.find((one) => one.kind === 'observed')
      const isMember = home !== null && caller.connect?.namespaceArn === home
      const way = !isMember ? 'dns' : caller.connect?.unknownNames.includes(dnsName) ? 'stale' : 'proxy'
      return [
        {
          nodeId: caller.id,
          name: caller.name,
          way,
          observed: seen ? { requestsPerSecond: seen.requestsPerSecond, errorShare: seen.errorShare } : null,
        },
      ]
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
