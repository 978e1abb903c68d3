import type { ConnectEndpointRecord } from '../state/ecs'
import type { FrozenName } from './frozen-names'

/** The names that a deployment made now resolves: every endpoint of its namespace, in the order in which they were made. */
export function freezeNames(endpoints: Iterable<ConnectEndpointRecord>, namespaceId: string): FrozenName[] {
  const names: FrozenName[] = []
  for (const { id, namespaceId: within, server } of endpoints)
    if (server && within === namespaceId) names.push({ ...server, endpointId: id })
  return names
}
