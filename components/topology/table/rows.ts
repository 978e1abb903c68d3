import type { GroupBy } from '@/lib/topology/group'
import type { InstanceNode, ServiceNode, State, Topology } from '@/lib/topology/model'
import { aliasWords, type ConnectMark, connectMark } from '../connect-words'
import { trafficLabel } from '../evidence-words'
import { readObserved } from '../observed'

/** One service as a row: the same facts that its card and inspector show. */
export type ServiceRow = {
  readonly id: string
  readonly name: string
  readonly namespace: string
  readonly cluster: string
  readonly state: State
  readonly status: string
  readonly reason: string
  /** null for what ECS does not run. */
  readonly running: number | null
  readonly desired: number | null
  readonly address: string
  /** null: without Service Connect. */
  readonly connect: ConnectMark | null
  readonly ports: string
  readonly instances: readonly InstanceNode[]
  readonly calledBy: string
  readonly calls: string
  /** A call from or to it that cannot work. */
  readonly problem: boolean
}

const none = '–'
const aliasesOf = ({ connect }: ServiceNode) => (connect ? aliasWords(connect) : '')
const severity: Record<State, number> = { bad: 0, warn: 1, busy: 2, off: 3, ok: 4 }

/** Worst first when sorted upwards. */
export function stateRank(state: State): number {
  return severity[state]
}

/** Rows in the order of the map: by group, then by name. */
export function buildRows(
  topology: Topology,
  matched: ReadonlySet<string> | null,
  by: GroupBy,
): readonly ServiceRow[] {
  const names = new Map(topology.services.map((service) => [service.id, service.name]))
  const groups = new Map(
    [...topology.namespaces, ...topology.clusters].map((group) => [group.id, group.name] as const),
  )
  const callers = new Map<string, string[]>()
  const callees = new Map<string, string[]>()
  const troubled = new Set<string>()
  for (const edge of topology.edges) {
    append(callers, edge.target, names.get(edge.source) ?? edge.source)
    const seen = readObserved(edge)
    append(
      callees,
      edge.source,
      `${names.get(edge.target) ?? edge.target}${seen ? ` (${trafficLabel(seen)})` : ''}`,
    )
    if (edge.problem) troubled.add(edge.source)
  }
  const rows = topology.services
    .filter((service) => !matched || matched.has(service.id))
    .map((service) => ({
      id: service.id,
      name: service.name,
      namespace: groups.get(service.namespace ?? '') ?? none,
      cluster: groups.get(service.cluster ?? '') ?? none,
      state: service.state,
      status: service.status,
      reason: service.reasons.join(' '),
      running: service.ecs?.running ?? null,
      desired: service.ecs?.desired ?? null,
      address: aliasesOf(service) || (service.discovery?.dnsName ?? service.discovery?.name ?? none),
      connect: service.connect ? connectMark(service.name, service.connect) : null,
      ports: service.ports.map((port) => String(port.port)).join(', ') || none,
      instances: service.instances,
      calledBy: (callers.get(service.id) ?? []).toSorted(compare).join(', ') || none,
      calls: (callees.get(service.id) ?? []).toSorted(compare).join(', ') || none,
      problem: troubled.has(service.id),
    }))
  const groupName = (row: ServiceRow) => (by === 'flat' ? '' : row[by] === none ? '\uffff' : row[by])
  return rows.toSorted(
    (a, b) => compare(groupName(a), groupName(b)) || compare(a.name, b.name) || compare(a.id, b.id),
  )
}

function append(map: Map<string, string[]>, key: string, value: string) {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
