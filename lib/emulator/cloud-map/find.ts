import type {
  CloudMapState,
  DiscoveryServiceRecord,
  InstanceRecord,
  NamespaceRecord,
} from '../state/cloud-map'
import { ApiError } from '../wire/api-error'

/** Every id member of Cloud Map takes an id or an ARN (Cloud Map API reference, "GetService"). */
export const toId = (idOrArn: string): string => {
  if (!idOrArn.startsWith('arn:')) return idOrArn
  return idOrArn.slice(idOrArn.lastIndexOf('/') + 1)
}

/** By id or by exactly this ARN: an ARN of another account or region names something else. */
function findBy<T extends { readonly arn: string }>(
  records: ReadonlyMap<string, T>,
  idOrArn: string,
): T | undefined {
  const record = records.get(toId(idOrArn))
  return record && (!idOrArn.startsWith('arn:') || record.arn === idOrArn) ? record : undefined
}

export const findNamespace = (state: CloudMapState, idOrArn: string): NamespaceRecord | undefined =>
  findBy(state.namespaces, idOrArn)

export const findService = (state: CloudMapState, idOrArn: string): DiscoveryServiceRecord | undefined =>
  findBy(state.services, idOrArn)

/** Throws `NamespaceNotFound`. */
export function requireNamespace(state: CloudMapState, idOrArn: string): NamespaceRecord {
  const namespace = findNamespace(state, idOrArn)
  if (!namespace) throw new ApiError('NamespaceNotFound', `Namespace ${idOrArn} does not exist.`)
  return namespace
}

/** Throws `ServiceNotFound`. */
export function requireService(state: CloudMapState, idOrArn: string): DiscoveryServiceRecord {
  const service = findService(state, idOrArn)
  if (!service) throw new ApiError('ServiceNotFound', `Service ${idOrArn} does not exist.`)
  return service
}

/** Throws `InstanceNotFound`. */
export function requireInstance(service: DiscoveryServiceRecord, instanceId: string): InstanceRecord {
  const instance = service.instances.get(instanceId)
  if (!instance) {
    throw new ApiError(
      'InstanceNotFound',
      `Instance ${instanceId} does not exist in service ${service.id}. A fresh registration appears when its operation has succeeded.`,
    )
  }
  return instance
}

/** The services of one namespace. */
export function* servicesOf(state: CloudMapState, namespaceId: string): Generator<DiscoveryServiceRecord> {
  for (const service of state.services.values()) if (service.namespaceId === namespaceId) yield service
}

/** Names in DNS do not tell case; names that only the API knows do. */
export const sameServiceName = (service: { type: 'HTTP' | 'DNS_HTTP' }, a: string, b: string): boolean =>
  a === b || (service.type === 'DNS_HTTP' && a.toLowerCase() === b.toLowerCase())

/** The service that DiscoverInstances means. Throws `NamespaceNotFound` or `ServiceNotFound`. */
export function requireDiscoverable(
  state: CloudMapState,
  namespaceName: string,
  serviceName: string,
): { namespace: NamespaceRecord; service: DiscoveryServiceRecord } {
  let namespace: NamespaceRecord | undefined
  for (const candidate of state.namespaces.values()) {
    if (candidate.httpName === namespaceName) namespace = candidate
  }
  if (!namespace) throw new ApiError('NamespaceNotFound', `Namespace ${namespaceName} does not exist.`)
  for (const service of state.services.values()) {
    if (service.namespaceId === namespace.id && sameServiceName(service, service.name, serviceName)) {
      return { namespace, service }
    }
  }
  throw new ApiError(
    'ServiceNotFound',
    `Service ${serviceName} does not exist in namespace ${namespaceName}.`,
  )
}
