import type { CreateServiceRequest } from '@aws-sdk/client-ecs'
import { findServiceByArn } from '../../cloud-map/registry'
import type { Context } from '../../context'
import type { ClusterRecord, TaskDefinitionRecord } from '../../state/ecs'
import { ApiError } from '../../wire/api-error'
import {
  checkStrategy,
  checkUsable,
  notAssociated,
  notAssociatedText,
} from '../capacity-providers/check-strategy'
import { requireCapacityProviders } from '../capacity-providers/find'
import { invalidParameter } from '../errors'
import { honour } from '../lenient'
import { checkNetwork } from '../network/check-network'
import { localNetwork } from '../network/local-network'
import { checkRegistries } from './check-registries'
import { checkServiceConnect } from './check-service-connect'
import { movedPorts, notHonoured } from './not-honoured'
import { checkPercentages } from './percentages'

const maxTasks = 5_000
// Cloud Map holds 1,000 instances per service.
const maxDiscoverableTasks = 1_000

/** A service's settings that were found good, and what the local cloud has to say about them. */
export type CheckedService = { readonly settings: CreateServiceRequest; readonly remarks: readonly string[] }

/**
 * Checks the settings of a service, defaults filled in, as CreateService and UpdateService do. Changes nothing; throws
 * what AWS would answer.
 */
export function checkService(
  context: Context,
  cluster: ClusterRecord,
  settings: CreateServiceRequest,
  definition: TaskDefinitionRecord,
  desiredCount: number,
): CheckedService {
  const controller = settings.deploymentController?.type
  if (controller !== 'ECS')
    throw new ApiError(
      'UnsupportedFeatureException',
      `The local cloud has no deployment controller ${controller}. Use ECS.`,
    )
  const registries = settings.serviceRegistries ?? []
  const isDiscoverable = registries.length > 0 || settings.serviceConnectConfiguration?.enabled
  const most = isDiscoverable ? maxDiscoverableTasks : maxTasks
  if (!Number.isInteger(desiredCount) || desiredCount < 0 || desiredCount > most)
    throw invalidParameter(`desiredCount must be a whole number between 0 and ${most}, not ${desiredCount}.`)
  checkPercentages(settings.deploymentConfiguration)
  const { capacityProviderStrategy = [] } = settings
  requireCapacityProviders(
    context,
    capacityProviderStrategy.map(({ capacityProvider }) => capacityProvider),
  )
  checkStrategy(capacityProviderStrategy)
  checkUsable(capacityProviderStrategy)
  checkRegistries(registries, definition, (arn) => findServiceByArn(context.state, arn))
  const connect = checkServiceConnect(context, cluster, settings, definition)
  const network = checkNetwork(settings.networkConfiguration, definition, localNetwork(context))
  const refusals = [...connect.refusals, ...network]
  if (settings.launchType === 'FARGATE' && definition.input.networkMode !== 'awsvpc')
    refusals.push(invalidParameter('Task definition does not support launch_type FARGATE.'))
  if (notAssociated(capacityProviderStrategy, cluster.capacityProviders).length > 0)
    refusals.push(invalidParameter(notAssociatedText))
  const { configuration: serviceConnectConfiguration } = connect
  const checked = serviceConnectConfiguration ? { ...settings, serviceConnectConfiguration } : settings
  const remarks = refusals.map((refusal) => honour(context.config, refusal))
  return {
    settings: checked,
    remarks: [
      ...remarks,
      ...notHonoured(checked, definition, context.runtime.name),
      ...movedPorts(definition, context.runtime.lowestPort),
    ],
  }
}
