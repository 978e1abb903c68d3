import type { Edge, ServiceNode, State, Topology } from './model'
import { matches } from './search'

export type Filter = {
  /** Every word must be found somewhere in the card. Empty: all. */
  readonly text?: string
  /** Empty or absent: all states. */
  readonly states?: readonly State[]
}

export type Filtered = {
  readonly services: readonly ServiceNode[]
  /** Edges whose both ends are shown. */
  readonly edges: readonly Edge[]
  readonly hidden: number
  readonly hiddenEdges: number
}

/** What of the map a filter leaves, and how much it hides. Unchanged items keep their reference. */
export function filterTopology(topology: Topology, filter: Filter): Filtered {
  const { text = '', states = [] } = filter
  const services = topology.services.filter(
    (node) => (states.length === 0 || states.includes(node.state)) && matches(topology, node, text),
  )
  const shown = new Set(services.map((node) => node.id))
  const edges = topology.edges.filter((edge) => shown.has(edge.source) && shown.has(edge.target))
  return {
    services,
    edges,
    hidden: topology.services.length - services.length,
    hiddenEdges: topology.edges.length - edges.length,
  }
}
