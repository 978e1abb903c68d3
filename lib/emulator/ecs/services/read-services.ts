import type {
  DescribeServicesRequest,
  DescribeServicesResponse,
  Failure,
  ListServicesByNamespaceRequest,
  ListServicesByNamespaceResponse,
  ListServicesRequest,
  ListServicesResponse,
  Service,
} from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { Wire } from '../../wire/wire-type'
import { makeServiceArn } from '../arns'
import { requireCluster } from '../clusters/find-cluster'
import { findNamespace } from '../clusters/namespace'
import { invalidParameter, namespaceNotFound } from '../errors'
import { pageOf } from '../paging'
import { findService } from './find-service'
import { serviceView } from './service-view'

const maxDescribed = 10
const defaultPageSize = 10

export const describeServices: Operation<DescribeServicesRequest, Wire<DescribeServicesResponse>> = (
  context,
  input,
) => {
  const wanted = input.services ?? []
  if (wanted.length === 0) throw invalidParameter('Services cannot be empty.')
  if (wanted.length > maxDescribed)
    throw invalidParameter(`Services can not have more than ${maxDescribed} entries.`)
  const cluster = requireCluster(context, input.cluster)
  const withTags = input.include?.includes('TAGS') ?? false
  const services: Wire<Service>[] = []
  const failures: Failure[] = []
  for (const identifier of wanted) {
    const service = findService(context, cluster, identifier)
    if (service) services.push(serviceView(context, service, withTags))
    else {
      const arn = identifier.startsWith('arn:')
        ? identifier
        : makeServiceArn(context.scope, cluster.name, identifier)
      failures.push({ arn, reason: 'MISSING' })
    }
  }
  return { services, failures }
}

/** ACTIVE services only; 10 a page unless asked otherwise. */
export const listServices: Operation<ListServicesRequest, ListServicesResponse> = (context, input) => {
  const cluster = requireCluster(context, input.cluster)
  const arns: string[] = []
  for (const { status, settings, arn } of cluster.services.values()) {
    if (status !== 'ACTIVE') continue
    if (input.launchType && settings.launchType !== input.launchType) continue
    if (input.schedulingStrategy && settings.schedulingStrategy !== input.schedulingStrategy) continue
    if (input.resourceManagementType === 'ECS') continue
    arns.push(arn)
  }
  const { keys, ...rest } = pageOf('ListServices', arns, input, { pageSize: defaultPageSize })
  return { serviceArns: keys, ...rest }
}

/** Services of every cluster that use the namespace for Service Connect; those that register in it do not count. */
export const listServicesByNamespace: Operation<
  ListServicesByNamespaceRequest,
  ListServicesByNamespaceResponse
> = (context, input) => {
  const wanted = input.namespace ?? ''
  const namespace = findNamespace(context, wanted)
  if (!namespace) throw namespaceNotFound(wanted)
  const arns: string[] = []
  for (const cluster of context.state.ecs.clusters.values())
    for (const { status, settings, arn } of cluster.services.values()) {
      const connect = settings.serviceConnectConfiguration
      if (status === 'ACTIVE' && connect?.enabled && connect.namespace === namespace.arn) arns.push(arn)
    }
  const { keys, ...rest } = pageOf('ListServicesByNamespace', arns, input, { pageSize: defaultPageSize })
  return { serviceArns: keys, ...rest }
}
