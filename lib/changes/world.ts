import type { Hole, Inventory } from '../inventory/model'
import type { Topology } from '../topology/model'

export type Vpc = {
  readonly id: string
  /** Its Name tag. */
  readonly name: string | null
  readonly cidr: string
  readonly isDefault: boolean
}

export type Subnet = {
  readonly id: string
  readonly name: string | null
  readonly vpcId: string
  readonly cidr: string
  readonly availabilityZone: string
  readonly mapsPublicIp: boolean
}

export type SecurityGroup = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpcId: string
}

/** Where tasks and private namespaces can live. A list that could not be read is empty, and a hole says why. */
export type Network = {
  readonly vpcs: readonly Vpc[]
  readonly subnets: readonly Subnet[]
  readonly securityGroups: readonly SecurityGroup[]
}

/** Everything that a change may look at, as just read. Server side only: the inventory holds environment values. */
export type World = {
  readonly inventory: Inventory
  readonly topology: Topology
  readonly network: Network
  /** ACTIVE families with their newest revision. */
  readonly families: readonly { readonly family: string; readonly latestRevision: number }[]
  /** ARNs of ACTIVE revisions; null when there are too many to list or they could not be listed. */
  readonly revisionArns: readonly string[] | null
  /** Tags of Cloud Map resources by ARN, of those that a change asked for; what could not be read is not in it. */
  readonly cloudMapTags: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly holes: readonly Hole[]
}
