import type {
  DiscoverInstancesRequest,
  DiscoverInstancesResponse,
  DiscoverInstancesRevisionRequest,
  DiscoverInstancesRevisionResponse,
} from '@aws-sdk/client-servicediscovery'
import type { Context, Operation } from '../context'
import type { DiscoveryServiceRecord, InstanceRecord } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkLength, checkRange } from './check'
import { ownsEverything } from './filters'
import { requireDiscoverable } from './find'

type Parameters = Readonly<Record<string, string>>

/**
 * DiscoverInstances: by the namespace's HttpName and the service's name, in random order. Without HealthStatus every
 * instance is given (the API reference names no default).
 */
export const discoverInstances: Operation<Wire<DiscoverInstancesRequest>, Wire<DiscoverInstancesResponse>> = (
  context,
  input,
) => {
  const { MaxResults = 100, QueryParameters, OptionalParameters, HealthStatus = 'ALL' } = input
  checkRange('MaxResults', MaxResults, 1, 1000)
  const { namespace, service } = findAsked(context, input)
  const matching = selectInstances(service, QueryParameters, OptionalParameters, HealthStatus)
  return {
    Instances: shuffled(matching, context.random)
      .slice(0, MaxResults)
      .map(({ id, attributes, health }) => ({
        InstanceId: id,
        NamespaceName: namespace.httpName,
        ServiceName: service.name,
        HealthStatus: health,
        Attributes: attributes,
      })),
    InstancesRevision: service.revision,
  }
}

/** DiscoverInstancesRevision: cheap to ask, moves with every registration and deregistration. */
export const discoverInstancesRevision: Operation<
  Wire<DiscoverInstancesRevisionRequest>,
  Wire<DiscoverInstancesRevisionResponse>
> = (context, input) => ({ InstancesRevision: findAsked(context, input).service.revision })

function findAsked(context: Context, input: Wire<DiscoverInstancesRevisionRequest>) {
  const { NamespaceName = '', ServiceName = '' } = input
  checkLength('NamespaceName', NamespaceName, 1, 1024)
  checkLength('ServiceName', ServiceName, 1, 1024)
  if (!ownsEverything(context.scope, input.OwnerAccount)) {
    throw new ApiError(
      'NamespaceNotFound',
      `Account ${input.OwnerAccount} shares no namespace ${NamespaceName} with this account.`,
    )
  }
  return requireDiscoverable(context.state.cloudMap, NamespaceName, ServiceName)
}

/** Pure: which instances answer a query. */
export function selectInstances(
  service: Pick<DiscoveryServiceRecord, 'instances' | 'healthCheckCustom' | 'healthCheckConfig'>,
  query: Parameters | undefined,
  optional: Parameters | undefined,
  healthStatus: NonNullable<DiscoverInstancesRequest['HealthStatus']>,
): InstanceRecord[] {
  let matching = [...service.instances.values()]
  if (query) matching = matching.filter((instance) => hasAll(instance, query))
  if (optional) {
    const preferred = matching.filter((instance) => hasAll(instance, optional))
    if (preferred.length > 0) matching = preferred
  }
  // Without any health check the filter says nothing (Cloud Map API reference, "DiscoverInstances").
  if (!service.healthCheckCustom && !service.healthCheckConfig) return matching
  const healthy = matching.filter(({ health }) => health !== 'UNHEALTHY')
  switch (healthStatus) {
    case 'HEALTHY':
      return healthy
    case 'UNHEALTHY':
      return matching.filter(({ health }) => health === 'UNHEALTHY')
    case 'HEALTHY_OR_ELSE_ALL':
      return healthy.length > 0 ? healthy : matching
    default:
      return matching
  }
}

const hasAll = ({ attributes }: InstanceRecord, wanted: Parameters): boolean =>
  Object.entries(wanted).every(([key, value]) => Object.hasOwn(attributes, key) && attributes[key] === value)

/** Fisher-Yates: every order equally likely, so that callers who take the first spread over all. */
function shuffled<T>(items: T[], random: () => number): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const pick = Math.floor(random() * (last + 1))
    const [a, b] = [items[last], items[pick]]
    if (a !== undefined && b !== undefined) {
      items[last] = b
      items[pick] = a
    }
  }
  return items
}
