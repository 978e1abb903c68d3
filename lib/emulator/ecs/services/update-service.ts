import type { CreateServiceRequest, UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { ServiceRecord, TaskDefinitionRecord } from '../../state/ecs'
import type { Wire } from '../../wire/wire-type'
import { requireCluster } from '../clusters/find-cluster'
import { clientFault, invalidParameter, serviceNotActive } from '../errors'
import { fingerprint } from '../fingerprint'
import { requireTaskDefinition, taskDefinitionByArn } from '../task-definitions/find-task-definition'
import { addRemark } from './add-event'
import { checkService } from './check-service'
import { addDeployment } from './deployments'
import { requireService } from './find-service'
import { serviceView } from './service-view'
import { withNetworkDefaults } from './settings'

/** A change of one of these is a new deployment; the count alone is not (ECS API reference, "UpdateService"). */
const deployed = [
  'networkConfiguration',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'loadBalancers',
  'platformVersion',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
  'capacityProviderStrategy',
  'enableExecuteCommand',
] as const

export const updateService: Operation<UpdateServiceRequest, Wire<UpdateServiceResponse>> = (
  context,
  input,
) => {
  const cluster = requireCluster(context, input.cluster)
  const service = requireService(context, cluster, input.service ?? '')
  if (service.status !== 'ACTIVE') throw serviceNotActive()
  const daemon = service.settings.schedulingStrategy === 'DAEMON'
  if (daemon && input.desiredCount !== undefined)
    throw invalidParameter('The daemon scheduling strategy does not support a desired count.')
  const controller = input.deploymentController?.type
  if (controller !== undefined && controller !== service.settings.deploymentController?.type)
    throw invalidParameter(`The deployment controller of a service can not be changed to ${controller} here.`)
  const definition =
    input.taskDefinition === undefined
      ? currentDefinition(context.state.ecs, service)
      : requireTaskDefinition(context, input.taskDefinition)
  const desiredCount = input.desiredCount ?? service.desiredCount
  const merged = mergeSettings(service.settings, input)
  const checked = checkService(context, cluster, merged, definition, desiredCount)

  const deploys =
    input.forceNewDeployment === true ||
    definition.arn !== service.taskDefinitionArn ||
    deployed.some((field) => fingerprint(checked.settings[field]) !== fingerprint(service.settings[field]))
  service.desiredCount = desiredCount
  service.settings = checked.settings
  service.taskDefinitionArn = definition.arn
  if (deploys) addDeployment(context, service)
  const [primary] = service.deployments
  if (primary) {
    primary.updatedAtMs = context.clock.now()
    // Other percentages or another count may have ended a deadlock, or made a new one.
    primary.deadlockTold = false
  }
  for (const remark of checked.remarks) addRemark(context, service, remark)
  context.state.ecs.woken.services.add(service)
  context.wakeScheduler(context.scope)
  return { service: serviceView(context, service, false) }
}

function currentDefinition(
  ecs: Parameters<typeof taskDefinitionByArn>[0],
  service: ServiceRecord,
): TaskDefinitionRecord {
  const definition = taskDefinitionByArn(ecs, service.taskDefinitionArn)
  if (!definition) throw clientFault('TaskDefinition not found.')
  return definition
}

function mergeSettings(settings: CreateServiceRequest, input: UpdateServiceRequest): CreateServiceRequest {
  const {
    cluster: _cluster,
    service: _service,
    desiredCount: _desiredCount,
    taskDefinition: _taskDefinition,
    forceNewDeployment: _force,
    deploymentController: _controller,
    ...changes
  } = input
  const merged: CreateServiceRequest = {
    ...settings,
    ...changes,
    ...withNetworkDefaults(input.networkConfiguration ?? settings.networkConfiguration),
    deploymentConfiguration: { ...settings.deploymentConfiguration, ...input.deploymentConfiguration },
  }
  // A capacity provider strategy takes the place of the launch type; an empty one gives it back.
  if (input.capacityProviderStrategy?.length) delete merged.launchType
  else if (input.capacityProviderStrategy) {
    delete merged.capacityProviderStrategy
    merged.launchType = settings.launchType ?? 'FARGATE'
  }
  return merged
}
