import type { CapacityProvider, CapacityProviderField } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import type { CapacityProviderRecord } from '../../state/ecs'
import { makeCapacityProviderArn } from '../arns'
import { tagsOf } from '../tags/tags'
import type { fargateProviders } from './find'

/** FARGATE or FARGATE_SPOT. */
export const fargateView = (
  { scope }: Pick<Context, 'scope'>,
  name: (typeof fargateProviders)[number],
): CapacityProvider => ({
  capacityProviderArn: makeCapacityProviderArn(scope, name),
  name,
  status: 'ACTIVE',
  type: name,
  tags: [],
})

/** One that was created; tags come only when asked for. */
export const providerView = (
  { state }: Pick<Context, 'state'>,
  record: CapacityProviderRecord,
  include: readonly CapacityProviderField[] = [],
): CapacityProvider => ({
  capacityProviderArn: record.arn,
  name: record.name,
  status: 'ACTIVE',
  type: 'EC2_AUTOSCALING',
  autoScalingGroupProvider: record.autoScalingGroupProvider,
  ...(record.updateStatus && { updateStatus: record.updateStatus }),
  tags: include.includes('TAGS') ? tagsOf(state.ecs, record.arn) : [],
})
