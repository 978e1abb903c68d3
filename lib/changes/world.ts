import type { Hole, Inventory } from '../inventory/model'
import type { CommandInputs } from '../plan/command'
import type { Topology } from '../topology/model'
import type { NetworkInput } from './fields/network'
import type { TaskDefinitionInput } from './task-definition-json'

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

type UpdateService = CommandInputs['ecs:UpdateService']

/** `serviceConnectConfiguration` as UpdateService takes it. */
export type ConnectSettings = NonNullable<UpdateService['serviceConnectConfiguration']>
/** `serviceRegistries` as UpdateService takes them. */
export type RegistrySettings = NonNullable<UpdateService['serviceRegistries']>

/** What DescribeServices says of one service beyond the map: whole, so that a change can put it back. */
export type ServiceDetails = {
  /** Of the PRIMARY deployment; null: off. */
  readonly connect: ConnectSettings | null
  readonly registries: RegistrySettings
  /** Where its tasks live in network mode `awsvpc`; null in another mode. */
  readonly network: NetworkInput | null
  /** `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly deploymentController: string
  /** Fargate's, for example `1.4.0` or `LATEST`; null elsewhere. */
  readonly platformVersion: string | null
  /** ARN of the service deployment that is under way; null: none. */
  readonly deploymentUnderWay: string | null
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
  /** Services in full by ARN, of those that a change asked for; what could not be read is not in it. */
  readonly serviceDetails: Readonly<Record<string, ServiceDetails>>
  /** Revisions by ARN as the input that registers them again, of those that a change asked for. */
  readonly revisionInputs: Readonly<Record<string, TaskDefinitionInput>>
  readonly holes: readonly Hole[]
}
