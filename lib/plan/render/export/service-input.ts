import type { Cluster, Service } from '@aws-sdk/client-ecs'
import type { Service as DiscoveryService, Namespace } from '@aws-sdk/client-servicediscovery'
import type { CommandInputs } from '../../command'
import type { ExportedNamespace, Tags } from './facts'

type CreateService = CommandInputs['ecs:CreateService']

/** AWS's answers have empty lists for what was not said. */
const some = <T>(list: readonly T[] | undefined): T[] | undefined =>
  list && list.length > 0 ? [...list] : undefined

/** AWS keeps tags that begin with `aws:` for itself and refuses them in a request. */
export const ownTags = (
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined,
): Tags => (tags ?? []).flatMap(({ key = '', value = '' }) => (/^aws:/i.test(key) ? [] : [{ key, value }]))

/**
 * What CreateService would take to make this service again (ECS API reference, Service and CreateService). What ECS keeps per deployment
 * (Service Connect, volumes, VPC Lattice) is that of the primary one.
 */
export function serviceInputOf(service: Service): CreateService {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY')
  const isDaemon = service.schedulingStrategy === 'DAEMON'
  const hasStrategy = (service.capacityProviderStrategy ?? []).length > 0
  const isLinkedRole = /\/aws-service-role\//.test(service.roleArn ?? '') || !service.roleArn
  return {
    serviceName: service.serviceName,
    cluster: service.clusterArn,
    taskDefinition: service.taskDefinition,
    desiredCount: isDaemon ? undefined : service.desiredCount,
    launchType: hasStrategy ? undefined : service.launchType,
    capacityProviderStrategy: some(service.capacityProviderStrategy),
    platformVersion: service.platformVersion,
    schedulingStrategy: service.schedulingStrategy,
    availabilityZoneRebalancing: service.availabilityZoneRebalancing,
    deploymentConfiguration: service.deploymentConfiguration,
    deploymentController: service.deploymentController,
    networkConfiguration: service.networkConfiguration,
    serviceRegistries: some(service.serviceRegistries),
    serviceConnectConfiguration: primary?.serviceConnectConfiguration,
    loadBalancers: some(service.loadBalancers),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    placementConstraints: some(service.placementConstraints),
    placementStrategy: some(service.placementStrategy),
    volumeConfigurations: some(primary?.volumeConfigurations),
    vpcLatticeConfigurations: some(primary?.vpcLatticeConfigurations),
    enableExecuteCommand: service.enableExecuteCommand,
    enableECSManagedTags: service.enableECSManagedTags,
    propagateTags: service.propagateTags,
    // The service-linked role is ECS's own and may not be named.
    role: isLinkedRole ? undefined : service.roleArn,
    tags: some(ownTags(service.tags)),
  }
}

/** What CreateCluster would take to make this cluster again. */
export const clusterInputOf = (cluster: Cluster): CommandInputs['ecs:CreateCluster'] => ({
  clusterName: cluster.clusterName,
  settings: some(cluster.settings),
  configuration: cluster.configuration,
  capacityProviders: some(cluster.capacityProviders),
  defaultCapacityProviderStrategy: some(cluster.defaultCapacityProviderStrategy),
  serviceConnectDefaults: cluster.serviceConnectDefaults?.namespace
    ? { namespace: cluster.serviceConnectDefaults.namespace }
    : undefined,
  tags: some(ownTags(cluster.tags)),
})

/** What CreateService of Cloud Map would take to make this one again, but for its namespace. */
export function discoveryInputOf(
  service: DiscoveryService,
  tags: Tags,
  namespaceType: ExportedNamespace['type'],
): CommandInputs['servicediscovery:CreateService'] {
  const { DnsConfig: dns, HealthCheckConfig: route53, HealthCheckCustomConfig: custom } = service
  const records = dns?.DnsRecords ?? []
  return {
    Name: service.Name,
    Description: service.Description,
    DnsConfig: records.length === 0 ? undefined : { RoutingPolicy: dns?.RoutingPolicy, DnsRecords: records },
    HealthCheckConfig: route53,
    HealthCheckCustomConfig: custom,
    // Only HTTP may be asked for, and it says something only in a namespace with DNS (Cloud Map API reference, CreateService).
    Type: service.Type === 'HTTP' && namespaceType !== 'HTTP' ? 'HTTP' : undefined,
    Tags: some(tags.map(({ key, value }) => ({ Key: key, Value: value }))),
  }
}

/**
 * Whether ECS made a Cloud Map service for Service Connect: it has the tag and the description, and client-only services have a
 * bookkeeping one with a name of its own kind (seen in AWS's answers).
 */
export const isMadeByEcs = (service: DiscoveryService, tags: Tags): boolean =>
  tags.some(({ key, value }) => key === 'AmazonECSManaged' && value === 'true') ||
  /^Managed by arn:[^:]+:ecs:/.test(service.Description ?? '') ||
  (service.Name ?? '').startsWith('aws-ecs-sc.')

/** null: an answer without what a namespace always has. */
export function exportedNamespace(namespace: Namespace, tags: Tags): ExportedNamespace | null {
  const { Id: id, Arn: arn, Name: name, Type: type } = namespace
  if (!id || !arn || !name) return null
  if (type !== 'HTTP' && type !== 'DNS_PRIVATE' && type !== 'DNS_PUBLIC') return null
  return {
    id,
    arn,
    name,
    type,
    description: namespace.Description || null,
    soaTtlSeconds: namespace.Properties?.DnsProperties?.SOA?.TTL ?? null,
    tags,
  }
}
