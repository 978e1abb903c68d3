import type {
  DeregisterInstanceRequest,
  GetInstanceRequest,
  GetInstanceResponse,
  GetInstancesHealthStatusRequest,
  GetInstancesHealthStatusResponse,
  ListInstancesRequest,
  ListInstancesResponse,
  RegisterInstanceRequest,
  UpdateInstanceCustomHealthStatusRequest,
} from '@aws-sdk/client-servicediscovery'
import type { Context, Operation } from '../context'
import type { DiscoveryServiceRecord, InstanceRecord } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkCommon, invalidInput } from './check'
import { requireInstance, requireNamespace, requireService, servicesOf } from './find'
import { checkAttributes, checkInstanceId } from './instance-checks'
import { pageOf } from './page'
import { setCustomHealth } from './registry'
import { submitOperation } from './submit-operation'

/** AWS general reference, "Cloud Map quotas". */
export const maxInstancesPerService = 1_000
export const maxInstancesPerNamespace = 2_000

const lockOf = (serviceId: string, instanceId: string): string => `INSTANCE ${serviceId}/${instanceId}`

/** RegisterInstance: adds the instance, or updates the one with this id, when its operation ends. */
export const registerInstance: Operation<Wire<RegisterInstanceRequest>, { OperationId: string }> = (
  context,
  input,
) => {
  const state = context.state.cloudMap
  const { InstanceId: instanceId = '', Attributes: attributes = {} } = input
  checkInstanceId(instanceId)
  checkCommon(input)
  const service = requireService(state, input.ServiceId ?? '')
  checkAttributes(attributes, service, requireNamespace(state, service.namespaceId))
  if (!service.instances.has(instanceId)) refuseOverQuota(context, service)

  return submitOperation(context, {
    action: 'RegisterInstance',
    targets: { INSTANCE: instanceId, SERVICE: service.id },
    lock: lockOf(service.id, instanceId),
    requestId: input.CreatorRequestId,
    change: {
      type: 'REGISTER_INSTANCE',
      serviceId: service.id,
      instanceId,
      attributes,
      creatorRequestId: input.CreatorRequestId,
    },
  })
}

function refuseOverQuota({ state }: Context, service: DiscoveryServiceRecord): void {
  const inService = service.instances.size + registering(state.cloudMap.running, service.id)
  if (inService >= maxInstancesPerService) {
    throw new ApiError(
      'ResourceLimitExceeded',
      `Service ${service.id} holds ${maxInstancesPerService} instances already; that is the most a service can.`,
    )
  }
  let inNamespace = 0
  for (const other of servicesOf(state.cloudMap, service.namespaceId)) inNamespace += other.instances.size
  if (inNamespace >= maxInstancesPerNamespace) {
    throw new ApiError(
      'ResourceLimitExceeded',
      `Namespace ${service.namespaceId} holds ${maxInstancesPerNamespace} instances already; that is the most a namespace can.`,
    )
  }
}

function registering(running: ReadonlyMap<string, string>, serviceId: string): number {
  let count = 0
  for (const lock of running.keys()) if (lock.startsWith(`INSTANCE ${serviceId}/`)) count += 1
  return count
}

/** DeregisterInstance: gone when its operation ends. */
export const deregisterInstance: Operation<Wire<DeregisterInstanceRequest>, { OperationId: string }> = (
  context,
  input,
) => {
  const service = requireService(context.state.cloudMap, input.ServiceId ?? '')
  const instance = requireInstance(service, input.InstanceId ?? '')
  return submitOperation(context, {
    action: 'DeregisterInstance',
    targets: { INSTANCE: instance.id, SERVICE: service.id },
    lock: lockOf(service.id, instance.id),
    change: { type: 'DEREGISTER_INSTANCE', serviceId: service.id, instanceId: instance.id },
  })
}

const showInstance = (instance: InstanceRecord) => ({ Id: instance.id, Attributes: instance.attributes })

/** GetInstance. */
export const getInstance: Operation<Wire<GetInstanceRequest>, Wire<GetInstanceResponse>> = (
  { state, scope },
  input,
) => {
  const service = requireService(state.cloudMap, input.ServiceId ?? '')
  const instance = requireInstance(service, input.InstanceId ?? '')
  return {
    ResourceOwner: scope.accountId,
    Instance: {
      ...showInstance(instance),
      CreatorRequestId: instance.creatorRequestId,
      CreatedByAccount: scope.accountId,
    },
  }
}

/** ListInstances: attributes, without health. */
export const listInstances: Operation<Wire<ListInstancesRequest>, Wire<ListInstancesResponse>> = (
  { state, scope },
  input,
) => {
  const service = requireService(state.cloudMap, input.ServiceId ?? '')
  const { page, NextToken } = pageOf(service.instances.values(), ({ id }) => id, input)
  return {
    ResourceOwner: scope.accountId,
    Instances: page.map((instance) => ({ ...showInstance(instance), CreatedByAccount: scope.accountId })),
    NextToken,
  }
}

/** GetInstancesHealthStatus of the instances named, or of all. */
export const getInstancesHealthStatus: Operation<
  Wire<GetInstancesHealthStatusRequest>,
  Wire<GetInstancesHealthStatusResponse>
> = ({ state }, input) => {
  const service = requireService(state.cloudMap, input.ServiceId ?? '')
  if (input.Instances?.length === 0) throw invalidInput('Instances must name at least one instance.')
  const asked = input.Instances?.map((id) => requireInstance(service, id)) ?? service.instances.values()
  const { page, NextToken } = pageOf(asked, ({ id }) => id, input)
  return { Status: Object.fromEntries(page.map(({ id, health }) => [id, health])), NextToken }
}

/** UpdateInstanceCustomHealthStatus: accepted at once, in force after a while (about 30 s on AWS). */
export const updateInstanceCustomHealthStatus: Operation<
  Wire<UpdateInstanceCustomHealthStatusRequest>,
  undefined
> = (context, input) => {
  const service = requireService(context.state.cloudMap, input.ServiceId ?? '')
  const instance = requireInstance(service, input.InstanceId ?? '')
  if (!service.healthCheckCustom) {
    throw new ApiError(
      'CustomHealthNotFound',
      `Service ${service.id} has no HealthCheckCustomConfig, so its health cannot be told.`,
    )
  }
  if (input.Status) setCustomHealth(context, service.id, instance.id, input.Status)
  return undefined
}
