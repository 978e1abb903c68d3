import type {
  ClusterField,
  ClusterSetting,
  CreateClusterRequest,
  CreateClusterResponse,
  DeleteClusterRequest,
  DeleteClusterResponse,
  DescribeClustersRequest,
  DescribeClustersResponse,
  ListClustersRequest,
  ListClustersResponse,
  PutClusterCapacityProvidersRequest,
  PutClusterCapacityProvidersResponse,
  UpdateClusterRequest,
  UpdateClusterResponse,
  UpdateClusterSettingsRequest,
  UpdateClusterSettingsResponse,
} from '@aws-sdk/client-ecs'
import type { Context, Operation } from '../../context'
import type { ClusterRecord } from '../../state/ecs'
import { ApiError } from '../../wire/api-error'
import { makeClusterArn } from '../arns'
import { checkStrategy, notAssociated, notAssociatedText } from '../capacity-providers/check-strategy'
import { requireCapacityProviders } from '../capacity-providers/find'
import { clusterNotFound, invalidParameter } from '../errors'
import { isName, readIdentifier } from '../identifiers'
import { pageOf } from '../paging'
import { checkTags, setTags } from '../tags/tags'
import { clusterView } from './cluster-view'
import { checkDefaultNamespace, requireDefaultNamespace } from './default-namespace'
import { addCluster, defaultClusterName, findCluster, requireCluster } from './find-cluster'

const maxDescribed = 100
const everything: readonly ClusterField[] = ['CONFIGURATIONS', 'SETTINGS', 'TAGS']

/** Making an ACTIVE cluster again gives it back unchanged. */
const createCluster: Operation<CreateClusterRequest, CreateClusterResponse> = (context, input) => {
  const name = input.clusterName ?? defaultClusterName
  if (!isName(name))
    throw invalidParameter(
      `Invalid cluster name '${name}': 1 to 255 letters, digits, underscores and hyphens.`,
    )
  checkTags(input.tags)
  checkSettings(input.settings)
  checkCapacityProviders(context, input)
  checkDefaultNamespace(context, input.serviceConnectDefaults?.namespace)
  const present = context.state.ecs.clusters.get(name)
  if (present?.status === 'ACTIVE') return { cluster: clusterView(context, present, everything) }
  const cluster = addCluster(context, name)
  context.state.ecs.tags.delete(cluster.arn)
  setTags(context.state.ecs, cluster.arn, input.tags)
  changeSettings(cluster, input.settings)
  if (input.configuration) cluster.configuration = input.configuration
  cluster.capacityProviders = input.capacityProviders ?? []
  cluster.defaultCapacityProviderStrategy = input.defaultCapacityProviderStrategy ?? []
  setDefaultNamespace(context, cluster, input.serviceConnectDefaults?.namespace)
  return { cluster: clusterView(context, cluster, everything) }
}

/** An empty name takes the default away; the namespace itself stays. */
function setDefaultNamespace(context: Context, cluster: ClusterRecord, namespace: string | undefined): void {
  if (namespace === '') cluster.serviceConnectNamespace = undefined
  else if (namespace !== undefined)
    cluster.serviceConnectNamespace = requireDefaultNamespace(context, namespace).arn
}

const describeClusters: Operation<DescribeClustersRequest, DescribeClustersResponse> = (context, input) => {
  const wanted = input.clusters?.length ? input.clusters : [defaultClusterName]
  if (wanted.length > maxDescribed)
    throw invalidParameter(`Clusters can not have more than ${maxDescribed} entries.`)
  const clusters = []
  const failures = []
  for (const identifier of wanted) {
    const cluster = findCluster(context, identifier)
    if (cluster) clusters.push(clusterView(context, cluster, input.include ?? []))
    else failures.push({ arn: wouldBeArn(context, identifier), reason: 'MISSING' })
  }
  return { clusters, failures }
}

const wouldBeArn = ({ scope }: Context, identifier: string): string =>
  identifier.startsWith('arn:') ? identifier : makeClusterArn(scope, identifier)

const listClusters: Operation<ListClustersRequest, ListClustersResponse> = ({ state }, input) => {
  const active = [...state.ecs.clusters.values()].filter(({ status }) => status === 'ACTIVE')
  const { keys, ...rest } = pageOf(
    'ListClusters',
    active.map(({ arn }) => arn),
    input,
  )
  return { clusterArns: keys, ...rest }
}

const updateCluster: Operation<UpdateClusterRequest, UpdateClusterResponse> = (context, input) => {
  const cluster = requireCluster(context, input.cluster)
  checkSettings(input.settings)
  checkDefaultNamespace(context, input.serviceConnectDefaults?.namespace)
  changeSettings(cluster, input.settings)
  if (input.configuration) cluster.configuration = input.configuration
  setDefaultNamespace(context, cluster, input.serviceConnectDefaults?.namespace)
  return { cluster: clusterView(context, cluster, everything) }
}

const updateClusterSettings: Operation<UpdateClusterSettingsRequest, UpdateClusterSettingsResponse> = (
  context,
  input,
) => {
  const cluster = requireCluster(context, input.cluster)
  if (!input.settings?.length) throw invalidParameter('settings can not be empty.')
  checkSettings(input.settings)
  changeSettings(cluster, input.settings)
  return { cluster: clusterView(context, cluster, everything) }
}

const putClusterCapacityProviders: Operation<
  PutClusterCapacityProvidersRequest,
  PutClusterCapacityProvidersResponse
> = (context, input) => {
  const cluster = requireCluster(context, input.cluster)
  checkCapacityProviders(context, input)
  refuseInUse(cluster, input.capacityProviders ?? [])
  cluster.capacityProviders = input.capacityProviders ?? []
  cluster.defaultCapacityProviderStrategy = input.defaultCapacityProviderStrategy ?? []
  return { cluster: clusterView(context, cluster, everything) }
}

const deleteCluster: Operation<DeleteClusterRequest, DeleteClusterResponse> = (context, input) => {
  readIdentifier(input.cluster ?? '', 'cluster', context.scope)
  const cluster = findCluster(context, input.cluster)
  if (!cluster) throw clusterNotFound()
  for (const service of cluster.services.values())
    if (service.status === 'ACTIVE')
      throw new ApiError(
        'ClusterContainsServicesException',
        'The Cluster cannot be deleted while Services are active.',
      )
  if (cluster.live.size > 0)
    throw new ApiError(
      'ClusterContainsTasksException',
      'The Cluster cannot be deleted while Tasks are active.',
    )
  cluster.status = 'INACTIVE'
  return { cluster: clusterView(context, cluster, everything) }
}

function checkSettings(settings: readonly ClusterSetting[] = []): void {
  for (const { name, value } of settings)
    if (name !== 'containerInsights' || !['enabled', 'disabled', 'enhanced'].includes(value ?? ''))
      throw invalidParameter(
        `Invalid cluster setting '${name ?? ''}' = '${value ?? ''}': containerInsights is enabled, disabled or enhanced.`,
      )
}

function changeSettings(cluster: ClusterRecord, settings: readonly ClusterSetting[] = []): void {
  for (const setting of settings)
    cluster.settings = [...cluster.settings.filter(({ name }) => name !== setting.name), { ...setting }]
}

/** Every provider exists, and the default strategy uses only those. Throws `InvalidParameterException`. */
function checkCapacityProviders(
  context: Context,
  {
    capacityProviders = [],
    defaultCapacityProviderStrategy: strategy = [],
  }: Pick<CreateClusterRequest, 'capacityProviders' | 'defaultCapacityProviderStrategy'>,
): void {
  requireCapacityProviders(context, capacityProviders)
  checkStrategy(strategy)
  if (notAssociated(strategy, capacityProviders).length > 0) throw invalidParameter(notAssociatedText)
}

/** A service that is started by a provider holds it (ECS API reference, "PutClusterCapacityProviders"). */
function refuseInUse(cluster: ClusterRecord, kept: readonly string[]): void {
  for (const { status, settings } of cluster.services.values()) {
    if (status === 'INACTIVE') continue
    const used = (settings.capacityProviderStrategy ?? []).map(({ capacityProvider }) => capacityProvider)
    const taken = cluster.capacityProviders.find((name) => used.includes(name) && !kept.includes(name))
    if (taken !== undefined)
      throw new ApiError(
        'ResourceInUseException',
        'The specified capacity provider is in use and cannot be removed.',
      )
  }
}

/** The operations on clusters. */
export const clusterOperations = {
  CreateCluster: createCluster,
  DescribeClusters: describeClusters,
  ListClusters: listClusters,
  UpdateCluster: updateCluster,
  UpdateClusterSettings: updateClusterSettings,
  PutClusterCapacityProviders: putClusterCapacityProviders,
  DeleteCluster: deleteCluster,
}
