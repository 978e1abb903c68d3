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

/** What a call proved is taken back after this: much may have been deployed since. */
const LASTS_MS = 3_600_000
/** From then on its line fades. */
const RECENT_MS = 600_000
/** More lines than a person verifies by hand in an hour. */
export const MOST_VERIFIED = 200

/** The calls that still count at `nowMs`: the same list when all of them do. */
export function stillVerified(calls: readonly VerifiedCall[], nowMs: number): readonly VerifiedCall[] {
  const kept = calls.filter(({ atMs }) => Math.abs(nowMs - atMs) < LASTS_MS)
  return kept.length === calls.length ? calls : kept
}

/** With one more call, which takes the place of the last one between the same two; the oldest go when there are too many. */
export function addVerified(calls: readonly VerifiedCall[], call: VerifiedCall): readonly VerifiedCall[] {
  const others = calls.filter((one) => idOf(one) !== idOf(call))
  return [...others, call].slice(-MOST_VERIFIED)
}

/**
 * The map with what calls from inside tasks have proved: evidence on the line between the two, and a line where there was none. Calls of
 * services that have left the map, and those of long ago, say nothing. Gives the same object back when there is nothing to add.
 */
export function withVerified(topology: Topology, calls: readonly VerifiedCall[], nowMs: number): Topology {
  if (calls.length === 0) return topology
  const known = new Set(topology.services.map(({ id }) => id))
  const proved = new Map(
    stillVerified(calls, nowMs).flatMap((call) =>
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
    const isRecent = nowMs - atMs < RECENT_MS
    return {
      ...edge,
      evidence: [...edge.evidence, { kind: 'verified', instanceId, atMs, latencyMs, isRecent }],
    }
  })
  return { ...topology, edges: added.length === 0 ? edges : sortById(edges) }
}
