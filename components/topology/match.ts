import { type Filter, filterTopology } from '@/lib/topology/filter'
import type { Topology } from '@/lib/topology/model'

/** Ids of the services that match, or null when nothing is asked for: then nothing is dimmed. */
export function matchServices(topology: Topology, filter: Filter): ReadonlySet<string> | null {
  if (!filter.text?.trim() && !filter.states?.length) return null
  return new Set(filterTopology(topology, filter).services.map((service) => service.id))
}
