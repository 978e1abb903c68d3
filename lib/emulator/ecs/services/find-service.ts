import type { Context } from '../../context'
import type { ClusterRecord, ServiceRecord } from '../../state/ecs'
import { serviceNotFound } from '../errors'
import { readIdentifier } from '../identifiers'

/** The service of this cluster that a request names by name or ARN, of any status; undefined when there is none. */
export function findService(
  { scope }: Context,
  cluster: ClusterRecord,
  identifier: string,
): ServiceRecord | undefined {
  const { name, cluster: named, here } = readIdentifier(identifier, 'service', scope)
  if (!here || (named !== undefined && named !== cluster.name)) return undefined
  return cluster.services.get(name)
}

/** The same; throws `ServiceNotFoundException`. */
export function requireService(context: Context, cluster: ClusterRecord, identifier: string): ServiceRecord {
  const service = findService(context, cluster, identifier)
  if (!service) throw serviceNotFound()
  return service
}
