import { type GroupBy, groupTopology } from '@/lib/topology/group'
import type { NamespaceGroup, Topology } from '@/lib/topology/model'
import { livingInstances } from './state-words'

/** A frame on the map, as facts to draw: ids instead of services, so that a status change leaves it as it is. */
export type Group = {
  readonly id: string
  readonly kind: 'namespace' | 'cluster' | 'outside' | 'flat'
  readonly title: string
  /** `private DNS`, `HTTP`, `cluster`; null when there is nothing to add. */
  readonly detail: string | null
  readonly serviceIds: readonly string[]
  readonly instanceCount: number
}

/** Frames by title, what stands outside last. Flat: one group without a frame. */
export function buildGroups(topology: Topology, by: GroupBy): readonly Group[] {
  return groupTopology(topology, by).map((group) => {
    const isOutside = group.id === 'outside'
    return {
      id: isOutside ? `outside/${by}` : group.id,
      kind: by === 'flat' ? 'flat' : isOutside ? 'outside' : by,
      title: group.title,
      detail: group.kind || null,
      serviceIds: group.services.map((service) => service.id),
      instanceCount: group.services.reduce((sum, service) => sum + livingInstances(service.instances), 0),
    }
  })
}

const namespaceKinds: Record<NamespaceGroup['type'], string> = {
  HTTP: 'HTTP',
  DNS_PRIVATE: 'private DNS',
  DNS_PUBLIC: 'public DNS',
}

export function namespaceKind(type: NamespaceGroup['type']): string {
  return namespaceKinds[type]
}
