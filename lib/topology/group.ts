import type { ServiceNode, Topology } from './model'

export type GroupBy = 'namespace' | 'cluster' | 'flat'

export type Group = {
  /** The group's id; `outside` for cards that belong to none. */
  readonly id: string
  readonly title: string
  /** `private DNS`, `public DNS`, `HTTP`, `cluster`; empty outside. */
  readonly kind: string
  readonly services: readonly ServiceNode[]
}

const kinds = { DNS_PRIVATE: 'private DNS', DNS_PUBLIC: 'public DNS', HTTP: 'HTTP' } as const

const outsideTitles = { namespace: 'not in a namespace', cluster: 'not in a cluster', flat: '' } as const

/** The frames of the map in order of their titles, empty ones too, and last what stands outside. Every card is in exactly one. */
export function groupTopology(topology: Topology, by: GroupBy): readonly Group[] {
  const frames =
    by === 'namespace'
      ? topology.namespaces.map((group) => ({ id: group.id, title: group.name, kind: kinds[group.type] }))
      : by === 'cluster'
        ? topology.clusters.map((group) => ({ id: group.id, title: group.name, kind: 'cluster' }))
        : []
  const members = new Map<string, ServiceNode[]>(frames.map((frame) => [frame.id, []]))
  const outside: ServiceNode[] = []
  for (const node of topology.services) {
    const frame = by === 'flat' ? null : node[by]
    const list = frame === null ? undefined : members.get(frame)
    ;(list ?? outside).push(node)
  }
  const groups = frames
    .map((frame) => ({ ...frame, services: members.get(frame.id) ?? [] }))
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1))
  return outside.length === 0
    ? groups
    : [...groups, { id: 'outside', title: outsideTitles[by], kind: '', services: outside }]
}
