import type { ServiceNode, Topology } from '../topology/model'

/**
 * Whether the discovery service of this card could go with its ECS service: nobody else on the map registers there, and nothing is
 * registered that no task answers for.
 */
export const hasNameAlone = ({ id, discovery, instances }: ServiceNode, topology: Topology): boolean =>
  discovery !== null &&
  !instances.some(({ state }) => state === 'orphaned') &&
  !topology.services.some((other) => other.id !== id && other.discovery?.serviceId === discovery.serviceId)
