import type { Planned } from '../../plan/plan'
import type { NetworkInput } from '../fields/network'
import type { World } from '../world'

export type Place = { readonly vpcId: string; readonly network: NetworkInput }

type Refusal = Extract<Planned, { ok: false }>

/** Where an example's tasks live: the default VPC, one subnet per zone (at most three), its default security group. */
export function placeFor({ network }: World): { readonly ok: true; readonly place: Place } | Refusal {
  const vpcs = network.vpcs.filter((vpc) => network.subnets.some((subnet) => subnet.vpcId === vpc.id))
  const vpc = vpcs.find((one) => one.isDefault) ?? (vpcs.length === 1 ? vpcs[0] : undefined)
  if (!vpc)
    return {
      ok: false,
      code: 'NoVpc',
      message:
        vpcs.length === 0
          ? 'No VPC with a subnet could be read, and tasks need one.'
          : `There are ${vpcs.length} VPCs and none is the default one, so the example cannot choose.`,
      remedy: 'Create the services by wizard and choose their subnets there.',
    }
  const zones = new Map<string, (typeof network.subnets)[number]>()
  for (const subnet of network.subnets)
    if (subnet.vpcId === vpc.id && !zones.has(subnet.availabilityZone))
      zones.set(subnet.availabilityZone, subnet)
  const subnets = [...zones.values()].slice(0, 3)
  const group = network.securityGroups.find((one) => one.vpcId === vpc.id && one.name === 'default')
  return {
    ok: true,
    place: {
      vpcId: vpc.id,
      network: {
        subnets: subnets.map((subnet) => subnet.id),
        securityGroups: group ? [group.id] : [],
        // Without a NAT gateway, only a public address lets a task fetch its image.
        assignPublicIp: subnets.length > 0 && subnets.every((subnet) => subnet.mapsPublicIp),
      },
    },
  }
}
