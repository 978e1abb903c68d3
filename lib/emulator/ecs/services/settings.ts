import type { CreateServiceRequest, LaunchType, NetworkConfiguration } from '@aws-sdk/client-ecs'
import type { ClusterRecord } from '../../state/ecs'

/**
 * The settings of a service as AWS keeps them, with its defaults (ECS API reference, "CreateService"). What has a place
 * of its own on the service (count, task definition, tags) is left out.
 */
export function settingsWithDefaults(
  input: CreateServiceRequest,
  cluster: Pick<ClusterRecord, 'defaultCapacityProviderStrategy'>,
): CreateServiceRequest {
  const { tags: _t, clientToken: _c, desiredCount: _d, taskDefinition: _td, cluster: _cl, ...kept } = input
  const daemon = input.schedulingStrategy === 'DAEMON'
  const strategy = input.launchType
    ? undefined
    : (input.capacityProviderStrategy ?? nonEmpty(cluster.defaultCapacityProviderStrategy))
  const launchType: LaunchType | undefined = strategy ? undefined : (input.launchType ?? 'EC2')
  const fargate = launchType === 'FARGATE' || strategy !== undefined
  return {
    ...kept,
    ...(strategy && { capacityProviderStrategy: strategy }),
    ...(launchType && { launchType }),
    ...(fargate && { platformVersion: input.platformVersion ?? 'LATEST' }),
    ...withNetworkDefaults(input.networkConfiguration),
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    schedulingStrategy: input.schedulingStrategy ?? 'REPLICA',
    deploymentController: input.deploymentController ?? { type: 'ECS' },
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: daemon ? 100 : 200,
      minimumHealthyPercent: daemon ? 0 : 100,
      strategy: 'ROLLING',
      ...input.deploymentConfiguration,
    },
    placementConstraints: input.placementConstraints ?? [],
    placementStrategy: input.placementStrategy ?? [],
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
    propagateTags: input.propagateTags ?? 'NONE',
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? 'ENABLED',
  }
}

/** The network configuration with its defaults, as a member to spread; nothing when there is none. */
export function withNetworkDefaults(network: NetworkConfiguration | undefined): {
  networkConfiguration?: NetworkConfiguration
} {
  const vpc = network?.awsvpcConfiguration
  if (!vpc) return {}
  const defaults = { securityGroups: [], assignPublicIp: 'DISABLED' as const }
  return { networkConfiguration: { awsvpcConfiguration: { ...defaults, ...vpc } } }
}

const nonEmpty = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined)

/** Whether tasks with these settings run on Fargate, by launch type or by capacity provider. */
export const isFargate = (settings: Pick<CreateServiceRequest, 'launchType'>): boolean =>
  settings.launchType === undefined || settings.launchType === 'FARGATE'
