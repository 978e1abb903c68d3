import type { Network } from '@/lib/changes/world'
import type { PickGroup } from '../fields/pick-input'

const vpcTitle = (network: Network, vpcId: string): string => {
  const vpc = network.vpcs.find((each) => each.id === vpcId)
  return [vpc?.name, vpcId, vpc?.cidr, vpc?.isDefault && 'default'].filter(Boolean).join(' · ')
}

const one = (values: readonly string[]): ReadonlySet<string> => new Set(values)

/** The VPCs in which something is chosen; tasks can only be in one. */
export function chosenVpcs(network: Network, subnets: readonly string[]): ReadonlySet<string> {
  return one(network.subnets.filter((each) => subnets.includes(each.id)).map((each) => each.vpcId))
}

function grouped<Item extends { readonly vpcId: string }>(
  network: Network,
  items: readonly Item[],
  show: (item: Item) => PickGroup['items'][number],
  reason: (vpcId: string) => string | null = () => null,
): readonly PickGroup[] {
  const isDefault = (vpcId: string) => network.vpcs.some((each) => each.id === vpcId && each.isDefault)
  const byTitle = (a: { title: string }, b: { title: string }) => (a.title < b.title ? -1 : 1)
  return [...one(items.map((item) => item.vpcId))]
    .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
    .map((vpcId) => ({
      title: vpcTitle(network, vpcId),
      reason: reason(vpcId),
      items: items
        .filter((item) => item.vpcId === vpcId)
        .map(show)
        .toSorted(byTitle),
    }))
}

/** Subnets by VPC. Those of another VPC than the chosen ones cannot be added. */
export function subnetGroups(network: Network, chosen: readonly string[]): readonly PickGroup[] {
  const vpcs = chosenVpcs(network, chosen)
  return grouped(
    network,
    network.subnets,
    (subnet) => ({
      value: subnet.id,
      title: subnet.name ?? subnet.id,
      hint: [
        subnet.name === null ? null : subnet.id,
        subnet.cidr,
        subnet.availabilityZone,
        subnet.mapsPublicIp && 'public',
      ]
        .filter(Boolean)
        .join(' · '),
    }),
    (vpcId) => (vpcs.size === 0 || vpcs.has(vpcId) ? null : 'Tasks of a service live in one VPC.'),
  )
}

/** Security groups by VPC; only those of the chosen subnets' VPC can be used. */
export function securityGroupGroups(
  network: Network,
  subnets: readonly string[],
  chosen: readonly string[],
): readonly PickGroup[] {
  const vpcs = chosenVpcs(network, subnets)
  const usable = network.securityGroups.filter(
    (group) => vpcs.size === 0 || vpcs.has(group.vpcId) || chosen.includes(group.id),
  )
  return grouped(network, usable, (group) => ({
    value: group.id,
    title: group.name,
    hint: group.id,
    reason:
      vpcs.size === 0 || vpcs.has(group.vpcId)
        ? null
        : 'It belongs to another VPC than the subnets; take it out.',
  }))
}

/** Why the choice cannot reach anything outside, when it cannot; null when all is well. */
export function internetWarning(
  network: Network,
  subnets: readonly string[],
  assignPublicIp: boolean,
): string | null {
  const own = network.subnets.filter((each) => subnets.includes(each.id))
  if (own.length === 0) return null
  if (!assignPublicIp && own.every((each) => each.mapsPublicIp))
    return 'These are public subnets. Without a public IP, tasks there cannot reach the internet, nor pull an image from it.'
  return null
}
