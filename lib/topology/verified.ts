import type { Edge, Topology } from './model'
import { sortById } from './sort'

/** A call from inside a task of `source` that an instance of `target` answered. Node ids; times are epoch milliseconds. */
export type VerifiedCall = {
  readonly source: string
  readonly target: string
  /** Node id of who answered; null when the map has no such instance. */
  readonly instanceId: string | null
  readonly atMs: number
  readonly latencyMs: number
}

const idOf = ({ source, target }: VerifiedCall) => `${source}->${target}`

/**
 * The map with what calls from inside tasks have proved: evidence on the line between the two, and a line where there was none. Calls of
 * services that have left the map say nothing. Gives the same object back when there is nothing to add.
 */
export function withVerified(topology: Topology, calls: readonly VerifiedCall[]): Topology {
  if (calls.length === 0) return topology
  const known = new Set(topology.services.map(({ id }) => id))
  const proved = new Map(
    calls.flatMap((call) =>
      known.has(call.source) && known.has(call.target) ? [[idOf(call), call] as const] : [],
    ),
  )
  if (proved.size === 0) return topology
  const drawn = new Set(topology.edges.map(({ id }) => id))
  const added = [...proved.values()]
    .filter((call) => !drawn.has(idOf(call)))
    .map(
      (call): Edge => ({
        id: idOf(call),
        source: call.source,
        target: call.target,
        evidence: [],
        problem: null,
      }),
    )
  const edges = [...topology.edges, ...added].map((edge): Edge => {
    const call = proved.get(edge.id)
    if (!call) return edge
    const { instanceId, atMs, latencyMs } = call
    return { ...edge, evidence: [...edge.evidence, { kind: 'verified', instanceId, atMs, latencyMs }] }
  })
  return { ...topology, edges: added.length === 0 ? edges : sortById(edges) }
}
