import type {
  CreateCapacityProviderRequest,
  CreateCapacityProviderResponse,
  DeleteCapacityProviderRequest,
  DeleteCapacityProviderResponse,
  UpdateCapacityProviderRequest,
  UpdateCapacityProviderResponse,
} from '@aws-sdk/client-ecs'
import type { Context, Operation } from '../../context'
import type { CapacityProviderRecord } from '../../state/ecs'
import { ApiError } from '../../wire/api-error'
import { makeCapacityProviderArn } from '../arns'
import { clientFault, invalidParameter } from '../errors'
import { checkTags, setTags } from '../tags/tags'
import { checkProvider, checkProviderName, updateProvider, withProviderDefaults } from './check-provider'
import { findCapacityProvider, isFargateProvider } from './find'
import { providerView } from './view'

/** Only for Auto Scaling groups, and only as a record: every task runs on this machine. */
export const createCapacityProvider: Operation<
  CreateCapacityProviderRequest,
  CreateCapacityProviderResponse
> = (context, input) => {
  const { state, scope, clock } = context
  const name = input.name ?? ''
  checkProviderName(name)
  refuseManagedInstances(input.managedInstancesProvider)
  const provider = input.autoScalingGroupProvider
  if (!provider) throw invalidParameter('autoScalingGroupProvider is required.')
  if (input.cluster !== undefined)
    throw invalidParameter('cluster is only for capacity providers of Amazon ECS Managed Instances.')
  checkTags(input.tags)
  const autoScalingGroupProvider = withProviderDefaults(provider)
  checkProvider(autoScalingGroupProvider)
  if (state.ecs.capacityProviders.has(name))
    throw clientFault(
      'The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.',
    )
  for (const other of state.ecs.capacityProviders.values())
    if (other.autoScalingGroupProvider.autoScalingGroupArn === provider.autoScalingGroupArn)
      throw clientFault(
        'The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.',
      )
  const record: CapacityProviderRecord = {
    name,
    arn: makeCapacityProviderArn(scope, name),
    autoScalingGroupProvider,
    createdAtMs: clock.now(),
  }
  state.ecs.capacityProviders.set(name, record)
  setTags(state.ecs, record.arn, input.tags)
  context.log(
    'warn',
    `Capacity provider ${name}: there are no container instances; every task runs on this machine.`,
  )
  return { capacityProvider: providerView(context, record, ['TAGS']) }
}

export const updateCapacityProvider: Operation<
  UpdateCapacityProviderRequest,
  UpdateCapacityProviderResponse
> = (context, input) => {
  refuseManagedInstances(input.managedInstancesProvider)
  const record = requireOwn(context, input.name ?? '')
  if (!input.autoScalingGroupProvider) throw invalidParameter('autoScalingGroupProvider is required.')
  const provider = updateProvider(record.autoScalingGroupProvider, input.autoScalingGroupProvider)
  checkProvider(provider)
  const changed: CapacityProviderRecord = {
    ...record,
    autoScalingGroupProvider: provider,
    updateStatus: 'UPDATE_COMPLETE',
  }
  context.state.ecs.capacityProviders.set(record.name, changed)
  return { capacityProvider: providerView(context, changed, ['TAGS']) }
}

/** Only when no cluster is associated with it (ECS API reference, "DeleteCapacityProvider"). */
export const deleteCapacityProvider: Operation<
  DeleteCapacityProviderRequest,
  DeleteCapacityProviderResponse
> = (context, input) => {
  const { ecs } = context.state
  const record = requireOwn(context, input.capacityProvider ?? '')
  for (const { name, status, capacityProviders } of ecs.clusters.values())
    if (status === 'ACTIVE' && capacityProviders.includes(record.name))
      throw clientFault(
        `The capacity provider cannot be deleted because it is associated with cluster: ${name}. Remove the capacity provider from the cluster and try again.`,
      )
  const capacityProvider = {
    ...providerView(context, record, ['TAGS']),
    status: 'INACTIVE' as const,
    updateStatus: 'DELETE_COMPLETE' as const,
  }
  ecs.capacityProviders.delete(record.name)
  ecs.tags.delete(record.arn)
  return { capacityProvider }
}

function requireOwn(context: Context, nameOrArn: string): CapacityProviderRecord {
  const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
  if (isFargateProvider(name))
    throw clientFault(`The capacity provider ${name} is reserved and can be neither changed nor deleted.`)
  const record = findCapacityProvider(context, nameOrArn)
  if (!record)
    throw invalidParameter(
      `The specified capacity provider '${nameOrArn}' was not found. Specify a valid name or ARN and try again.`,
    )
  return record
}

function refuseManagedInstances(wanted: unknown): void {
  if (wanted)
    throw new ApiError(
      'UnsupportedFeatureException',
      'The local cloud has no Amazon ECS Managed Instances; use autoScalingGroupProvider.',
    )
}
