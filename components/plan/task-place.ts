import type { Choices } from '@/lib/changes/choices'
import type { NetworkInput } from '@/lib/changes/fields/network'

/** Where tasks of a pasted task definition are to run. */
export type TaskPlace = {
  readonly clusterArn: string
  readonly count: number
  /** null: the network could not be read, or there is none. */
  readonly subnetId: string | null
  readonly assignPublicIp: boolean
}

/** The place that is offered first: a cluster that is active and a subnet of the default VPC; null when there is no cluster. */
export function firstTaskPlace({
  clusters,
  network,
}: Pick<Choices, 'clusters' | 'network'>): TaskPlace | null {
  const cluster = clusters.find((each) => each.status === 'ACTIVE')
  if (!cluster) return null
  const vpcId = network.vpcs.find((vpc) => vpc.isDefault)?.id
  const subnet = network.subnets.find((each) => each.vpcId === vpcId) ?? network.subnets[0]
  return { clusterArn: cluster.arn, count: 1, subnetId: subnet?.id ?? null, assignPublicIp: false }
}

/** The network as the change wants it; the VPC's default security group is used. */
export function networkOf({ network }: Pick<Choices, 'network'>, place: TaskPlace): NetworkInput | null {
  const subnet = network.subnets.find((each) => each.id === place.subnetId)
  return subnet ? { subnets: [subnet.id], securityGroups: [], assignPublicIp: place.assignPublicIp } : null
}
