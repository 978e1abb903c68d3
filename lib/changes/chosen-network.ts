import type { Planned } from '../plan/plan'
import type { ChosenDefinition } from './chosen-definition'
import type { NetworkInput } from './fields/network'
import { refuse } from './refuse'
import type { World } from './world'

const isAwsvpc = ({ networkMode }: ChosenDefinition, network: NetworkInput | null) =>
  networkMode === undefined ? network !== null : networkMode === 'awsvpc'

/** `networkConfiguration` of a service or task; absent in other network modes than `awsvpc`, where ECS refuses it. */
export function networkOf(network: NetworkInput | null, definition: ChosenDefinition) {
  if (!network || !isAwsvpc(definition, network)) return {}
  return {
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: network.subnets,
        ...(network.securityGroups.length > 0 ? { securityGroups: network.securityGroups } : {}),
        assignPublicIp: network.assignPublicIp ? ('ENABLED' as const) : ('DISABLED' as const),
      },
    },
  }
}

/**
 * Why tasks cannot live there: subnets that are gone, in several VPCs, or in another than `vpcId` (that of a new private namespace, whose
 * names only its own VPC resolves). null when nothing speaks against it.
 */
export function networkRefusal(
  network: NetworkInput | null,
  definition: ChosenDefinition,
  vpcId: string | null,
  { network: known }: World,
): Planned | null {
  if (definition.networkMode === 'awsvpc' && !network)
    return refuse(
      'NetworkMissing',
      `Tasks of ${definition.label} get addresses of their own (network mode awsvpc) and need subnets.`,
      'Choose at least one subnet.',
    )
  if (!network || !isAwsvpc(definition, network) || known.subnets.length === 0) return null
  const subnets = network.subnets.map((id) => known.subnets.find((subnet) => subnet.id === id) ?? id)
  const gone = subnets.find((subnet) => typeof subnet === 'string')
  if (gone !== undefined)
    return refuse(
      'SubnetGone',
      `There is no subnet ${String(gone)} in this account and region.`,
      'Choose the subnets again.',
    )
  const vpcs = [...new Set(subnets.flatMap((subnet) => (typeof subnet === 'string' ? [] : [subnet.vpcId])))]
  if (vpcs.length > 1)
    return refuse(
      'SeveralVpcs',
      `The subnets are in ${vpcs.length} VPCs (${vpcs.join(', ')}); a task lives in one.`,
      'Choose subnets of one VPC.',
    )
  if (vpcId !== null && vpcs[0] !== vpcId)
    return refuse(
      'OtherVpc',
      `The tasks are in ${vpcs[0]}, but the namespace answers in ${vpcId} only: nobody there would find them.`,
      'Choose subnets in the VPC of the namespace.',
    )
  for (const id of network.securityGroups) {
    const group = known.securityGroups.find((one) => one.id === id)
    if (!group && known.securityGroups.length > 0)
      return refuse(
        'SecurityGroupGone',
        `There is no security group ${id}.`,
        'Choose the security groups again.',
      )
    if (group && group.vpcId !== vpcs[0])
      return refuse(
        'OtherVpc',
        `The security group ${group.name} belongs to ${group.vpcId}, the subnets to ${vpcs[0]}.`,
        'Choose security groups of the same VPC.',
      )
  }
  return null
}
