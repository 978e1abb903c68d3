import type { NetworkConfiguration } from '@aws-sdk/client-ecs'
import type { TaskDefinitionRecord } from '../../state/ecs'
import type { ApiError } from '../../wire/api-error'
import { invalidParameter } from '../errors'

const maxSubnets = 16
const maxSecurityGroups = 5

/** What exists in the network of this account and region. */
export type Network = {
  readonly hasSubnet: (id: string) => boolean
  readonly hasSecurityGroup: (id: string) => boolean
}

/**
 * Network configuration against network mode: awsvpc needs one, other modes take none. Throws for lists that are too
 * long; gives back what AWS would refuse but the local cloud can honour.
 */
export function checkNetwork(
  configuration: NetworkConfiguration | undefined,
  { input }: TaskDefinitionRecord,
  network: Network,
): ApiError[] {
  const vpc = configuration?.awsvpcConfiguration
  const subnets = vpc?.subnets ?? []
  const securityGroups = vpc?.securityGroups ?? []
  if (subnets.length > maxSubnets) throw invalidParameter(`subnets can have at most ${maxSubnets} items.`)
  if (securityGroups.length > maxSecurityGroups)
    throw invalidParameter(`securityGroups can have at most ${maxSecurityGroups} items.`)
  if (input.networkMode !== 'awsvpc')
    return vpc
      ? [
          invalidParameter(
            'Network Configuration is not valid for the given networkMode of this task definition.',
          ),
        ]
      : []
  if (!vpc)
    return [
      invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified."),
    ]
  const refusals: ApiError[] = []
  if (subnets.length === 0) refusals.push(invalidParameter('subnets can not be empty.'))
  for (const id of subnets)
    if (!network.hasSubnet(id))
      refusals.push(
        invalidParameter(
          `Error retrieving subnet information for [${id}]: The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
        ),
      )
  for (const id of securityGroups)
    if (!network.hasSecurityGroup(id))
      refusals.push(
        invalidParameter(
          `Error retrieving security group information for [${id}]: The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
        ),
      )
  return refusals
}
