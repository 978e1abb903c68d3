import type {
  CreateServiceRequest,
  CreateServiceResponse,
  DeleteServiceRequest,
  GetServiceRequest,
  GetServiceResponse,
  ListServicesRequest,
  ListServicesResponse,
} from '@aws-sdk/client-servicediscovery'
import { makeArn } from '../arn'
import type { Context, Operation } from '../context'
import type { DiscoveryServiceRecord, NamespaceRecord } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { isBeingDeleted } from './change-namespace'
import { checkCommon, checkRange, invalidInput, mergeTags } from './check'
import { serviceFilter } from './filters'
import { requireNamespace, requireService, sameServiceName, servicesOf } from './find'
import { pageOf } from './page'
import { checkDnsRecords, checkHealthCheck, checkRouting, checkServiceName } from './service-checks'
import { showService, showServiceSummary } from './show'

/**
 * CreateService: done when it answers. The same CreatorRequestId with the same content gives the service that is there,
 * so that an SDK's retry is not an error.
 */
export const createService: Operation<Wire<CreateServiceRequest>, Wire<CreateServiceResponse>> = (
  context,
  input,
) => {
  const state = context.state.cloudMap
  checkServiceName(input.Name ?? '')
  checkCommon(input)
  const namespace = requireNamespaceOf(context, input)
  const settings = readSettings(context, namespace, input)
  const tags = mergeTags(undefined, input.Tags, input.Name ?? '')
  const existing = findExisting(context, namespace, settings)
  if (existing) {
    if (!isRetry(input, settings, existing)) throw alreadyExists(existing)
    return { Service: showService(context.scope, existing) }
  }

  const id = `srv-${context.ids.alphanumeric(16)}`
  const service: DiscoveryServiceRecord = {
    ...settings,
    id,
    arn: makeArn('servicediscovery', context.scope, `service/${id}`),
    namespaceId: namespace.id,
    description: input.Description,
    attributes: new Map(),
    creatorRequestId: input.CreatorRequestId,
    createdAtMs: context.clock.now(),
    revision: 1,
    instances: new Map(),
  }
  state.services.set(id, service)
  if (tags.size > 0) state.tags.set(service.arn, tags)
  return { Service: showService(context.scope, service) }
}

/** The same request again: its id, and whatever of its content nobody can have changed since. */
const isRetry = (
  { CreatorRequestId }: Wire<CreateServiceRequest>,
  asked: Settings,
  existing: DiscoveryServiceRecord,
): boolean =>
  CreatorRequestId !== undefined &&
  existing.creatorRequestId === CreatorRequestId &&
  asked.name === existing.name &&
  asked.type === existing.type &&
  asked.routingPolicy === existing.routingPolicy &&
  asked.healthCheckCustom === existing.healthCheckCustom &&
  typesOf(asked) === typesOf(existing)

const typesOf = ({ dnsRecords }: Pick<DiscoveryServiceRecord, 'dnsRecords'>): string =>
  dnsRecords
    .map(({ Type }) => Type)
    .sort()
    .join()

function requireNamespaceOf(context: Context, input: Wire<CreateServiceRequest>): NamespaceRecord {
  // Before 2019 the namespace was told inside DnsConfig; the API still takes it from there.
  const namespaceId = input.NamespaceId ?? input.DnsConfig?.NamespaceId
  if (namespaceId === undefined)
    throw invalidInput('NamespaceId is required: a service belongs to a namespace.')
  const namespace = requireNamespace(context.state.cloudMap, namespaceId)
  if (isBeingDeleted(context, namespace.id)) {
    throw new ApiError('NamespaceNotFound', `Namespace ${namespace.id} is being deleted.`)
  }
  return namespace
}

type Settings = Pick<
  DiscoveryServiceRecord,
  'name' | 'type' | 'dnsRecords' | 'routingPolicy' | 'healthCheckConfig' | 'healthCheckCustom'
>

function readSettings(
  context: Context,
  namespace: NamespaceRecord,
  input: Wire<CreateServiceRequest>,
): Settings {
  const records = input.DnsConfig?.DnsRecords ?? []
  const hasDns = records.length > 0
  if (hasDns && namespace.type === 'HTTP') {
    throw invalidInput(`DnsConfig cannot be given in the HTTP namespace ${namespace.name}.`)
  }
  if (hasDns && input.Type === 'HTTP') {
    throw invalidInput('DnsConfig cannot be given for a service of Type HTTP.')
  }
  checkDnsRecords(records)
  checkRouting(records, input.DnsConfig?.RoutingPolicy)
  if (input.HealthCheckConfig && input.HealthCheckCustomConfig) {
    throw invalidInput('HealthCheckConfig and HealthCheckCustomConfig cannot both be given.')
  }
  if (input.HealthCheckConfig) checkHealthCheck(context, namespace, input.HealthCheckConfig, records)
  const customThreshold = input.HealthCheckCustomConfig?.FailureThreshold
  if (customThreshold !== undefined) {
    checkRange('HealthCheckCustomConfig.FailureThreshold', customThreshold, 1, 10)
  }
  const cname = records.some(({ Type }) => Type === 'CNAME')
  return {
    name: input.Name ?? '',
    type: hasDns ? 'DNS_HTTP' : 'HTTP',
    dnsRecords: records.map(({ Type, TTL }) => ({ Type, TTL })),
    routingPolicy: hasDns
      ? (input.DnsConfig?.RoutingPolicy ?? (cname ? 'WEIGHTED' : 'MULTIVALUE'))
      : undefined,
    healthCheckConfig: input.HealthCheckConfig && withDefaults(input.HealthCheckConfig),
    healthCheckCustom: input.HealthCheckCustomConfig !== undefined,
  }
}

/** FailureThreshold defaults to 1, ResourcePath to `/` (Cloud Map API reference, "HealthCheckConfig"). */
export const withDefaults = (
  config: NonNullable<Wire<CreateServiceRequest>['HealthCheckConfig']>,
): NonNullable<DiscoveryServiceRecord['healthCheckConfig']> => ({
  Type: config.Type,
  ...(config.Type === 'TCP' ? {} : { ResourcePath: config.ResourcePath || '/' }),
  FailureThreshold: config.FailureThreshold ?? 1,
})

function findExisting(
  context: Context,
  namespace: NamespaceRecord,
  { name, type }: Settings,
): DiscoveryServiceRecord | undefined {
  for (const service of servicesOf(context.state.cloudMap, namespace.id)) {
    if (sameServiceName(service, service.name, name) || sameServiceName({ type }, service.name, name)) {
      return service
    }
  }
  return undefined
}

const alreadyExists = (existing: DiscoveryServiceRecord): ApiError =>
  new ApiError('ServiceAlreadyExists', `Service ${existing.name} already exists, with id ${existing.id}.`, {
    ServiceId: existing.id,
    ServiceArn: existing.arn,
    CreatorRequestId: existing.creatorRequestId,
  })

/** GetService, by id or ARN. */
export const getService: Operation<Wire<GetServiceRequest>, Wire<GetServiceResponse>> = (
  { state, scope },
  input,
) => ({ Service: showService(scope, requireService(state.cloudMap, input.Id ?? '')) })

/** ListServices of this account and region, or of the namespace that a filter names. */
export const listServices: Operation<Wire<ListServicesRequest>, Wire<ListServicesResponse>> = (
  { state, scope },
  input,
) => {
  const keep = serviceFilter(input.Filters)
  const { page, NextToken } = pageOf(state.cloudMap.services.values(), ({ id }) => id, input, keep)
  return { Services: page.map((service) => showServiceSummary(scope, service)), NextToken }
}

/** DeleteService: refused while instances remain or are being registered. */
export const deleteService: Operation<Wire<DeleteServiceRequest>, Record<string, never>> = (
  { state },
  input,
) => {
  const { services, running, tags } = state.cloudMap
  const service = requireService(state.cloudMap, input.Id ?? '')
  if (service.instances.size > 0) {
    throw new ApiError(
      'ResourceInUse',
      'Service contains registered instances; delete the instances before deleting the service',
    )
  }
  for (const [lock, operationId] of running) {
    if (lock !== `SERVICE ${service.id}` && !lock.startsWith(`INSTANCE ${service.id}/`)) continue
    throw new ApiError(
      'ResourceInUse',
      `Operation ${operationId} is still working on service ${service.id}; delete the service when it has ended.`,
    )
  }
  services.delete(service.id)
  tags.delete(service.arn)
  return {}
}
