import type {
  Namespace,
  NamespaceSummary,
  Operation,
  Service,
  ServiceSummary,
} from '@aws-sdk/client-servicediscovery'
import type { Scope } from '../scope'
import type {
  CloudMapState,
  DiscoveryServiceRecord,
  NamespaceRecord,
  OperationRecord,
} from '../state/cloud-map'
import { toWireTime, type Wire } from '../wire/wire-type'
import { servicesOf } from './find'

/** A namespace as ListNamespaces shows it; GetNamespace adds the CreatorRequestId. */
export function showNamespaceSummary(
  state: CloudMapState,
  scope: Scope,
  namespace: NamespaceRecord,
): Wire<NamespaceSummary> {
  let serviceCount = 0
  for (const _ of servicesOf(state, namespace.id)) serviceCount += 1
  return {
    Id: namespace.id,
    Arn: namespace.arn,
    ResourceOwner: scope.accountId,
    Name: namespace.name,
    Type: namespace.type,
    Description: namespace.description,
    ServiceCount: serviceCount,
    Properties: {
      // An HTTP namespace has the member too, with nothing in it.
      DnsProperties: namespace.hostedZoneId
        ? { HostedZoneId: namespace.hostedZoneId, SOA: { TTL: namespace.soaTtlSeconds } }
        : {},
      HttpProperties: { HttpName: namespace.httpName },
    },
    CreateDate: toWireTime(namespace.createdAtMs),
  }
}

/** A namespace as GetNamespace shows it. */
export const showNamespace = (
  state: CloudMapState,
  scope: Scope,
  namespace: NamespaceRecord,
): Wire<Namespace> => ({
  ...showNamespaceSummary(state, scope, namespace),
  CreatorRequestId: namespace.creatorRequestId,
})

/** A service as ListServices shows it: without NamespaceId and CreatorRequestId. */
export const showServiceSummary = (scope: Scope, service: DiscoveryServiceRecord): Wire<ServiceSummary> => ({
  Id: service.id,
  Arn: service.arn,
  ResourceOwner: scope.accountId,
  Name: service.name,
  Type: service.type,
  Description: service.description,
  InstanceCount: service.instances.size,
  DnsConfig: showDnsConfig(service),
  HealthCheckConfig: service.healthCheckConfig,
  HealthCheckCustomConfig: service.healthCheckCustom ? { FailureThreshold: 1 } : undefined,
  CreateDate: toWireTime(service.createdAtMs),
  CreatedByAccount: scope.accountId,
})

/** A service as CreateService and GetService show it. */
export function showService(scope: Scope, service: DiscoveryServiceRecord): Wire<Service> {
  const dnsConfig = showDnsConfig(service)
  return {
    ...showServiceSummary(scope, service),
    NamespaceId: service.namespaceId,
    DnsConfig: dnsConfig && { NamespaceId: service.namespaceId, ...dnsConfig },
    CreatorRequestId: service.creatorRequestId,
  }
}

const showDnsConfig = (service: DiscoveryServiceRecord) =>
  service.type === 'HTTP'
    ? undefined
    : { RoutingPolicy: service.routingPolicy, DnsRecords: service.dnsRecords }

/** An operation as GetOperation shows it. */
export const showOperation = (scope: Scope, operation: OperationRecord): Wire<Operation> => ({
  Id: operation.id,
  OwnerAccount: scope.accountId,
  Type: operation.type,
  Status: operation.status,
  ErrorMessage: operation.errorMessage,
  ErrorCode: operation.errorCode,
  CreateDate: toWireTime(operation.createdAtMs),
  UpdateDate: toWireTime(operation.updatedAtMs),
  Targets: { ...operation.targets },
})
