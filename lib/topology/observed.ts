import type { EcsService, EdgeTraffic } from '../inventory/model'
import { clusterNameOf, type Facts } from './gather'
import { primaryOf } from './health'
import { makeEdgeId } from './ids'
import type { Edge, Evidence, ServiceNode } from './model'
import { connectNamespace, type Offer } from './offers'

/** The endpoint that traffic to a discovery name reached: in the caller's namespace, else the only one of that name. */
function offerOf(facts: Facts, caller: EcsService, discoveryName: string): Offer | null {
  const called = facts.offers.filter((offer) => offer.discoveryName === discoveryName)
  const config = primaryOf(caller)?.serviceConnect
  const key = config ? connectNamespace(facts.inventory, caller, config).key : null
  const near = called.filter((offer) => offer.namespaceKey === key)
  if (near.length > 0) return near[0] ?? null
  return called.length === 1 ? (called[0] ?? null) : null
}

/** While calls go on, when the last one was is told in steps: it would change the map with every look. */
const SEEN_STEP_MS = 15_000

/** A number as far as it is worth telling: a rate that moves in its third digit is no change. */
export function rounded(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0
  const scale = 10 ** (1 - Math.floor(Math.log10(value)))
  return Math.round(value * scale) / scale
}

const share = (value: number | null) =>
  value === null ? null : Math.min(1, Math.max(0, Math.round(value * 1_000) / 1_000))
const roundedOrNull = (value: number | null) => (value === null ? null : rounded(value))

function evidenceOf(traffic: EdgeTraffic): Evidence {
  return {
    kind: 'observed',
    discoveryName: traffic.targetDiscoveryName,
    requestsPerSecond: rounded(traffic.requestsPerSecond),
    bytesPerSecond: roundedOrNull(traffic.bytesPerSecond),
    errorShare: share(traffic.errorShare),
    p50Ms: roundedOrNull(traffic.p50Ms),
    p95Ms: roundedOrNull(traffic.p95Ms),
    sinceMs: traffic.firstSeenMs,
    lastSeenMs: Math.floor(traffic.lastSeenMs / SEEN_STEP_MS) * SEEN_STEP_MS,
  }
}

/** Puts what was observed on the edges that are known, and draws those that nothing declares. A caller or endpoint that is gone has none. */
export function withObserved(
  facts: Facts,
  nodes: readonly ServiceNode[],
  declared: readonly Edge[],
): readonly Edge[] {
  if (facts.inventory.traffic.length === 0) return declared
  const callers = new Map<string, EcsService>()
  for (const service of facts.inventory.services)
    callers.set(`${clusterNameOf(facts, service.clusterArn)} ${service.name}`, service)
  const nodeIds = new Map(nodes.flatMap((node) => (node.ecs ? [[node.ecs.arn, node.id] as const] : [])))
  const edges = new Map(declared.map((edge) => [edge.id, edge]))
  const inOrder = facts.inventory.traffic.toSorted((a, b) =>
    a.targetDiscoveryName < b.targetDiscoveryName ? -1 : 1,
  )
  for (const traffic of inOrder) {
    const caller = callers.get(`${traffic.clusterName} ${traffic.serviceName}`)
    const offer = caller ? offerOf(facts, caller, traffic.targetDiscoveryName) : null
    const source = caller && nodeIds.get(caller.arn)
    const target = offer && nodeIds.get(offer.service.arn)
    if (!source || !target || source === target) continue
    const id = makeEdgeId(source, target)
    const edge = edges.get(id) ?? { id, source, target, evidence: [], problem: null }
    edges.set(id, { ...edge, evidence: [...edge.evidence, evidenceOf(traffic)] })
  }
  return [...edges.values()]
}
