import type { CommandInputs } from '../../command'

export type Tags = readonly { readonly key: string; readonly value: string }[]

export type ExportedDiscoveryService = {
  readonly arn: string
  readonly name: string
  /** All but the namespace. */
  readonly input: CommandInputs['servicediscovery:CreateService']
}

export type ExportedTaskDefinition = {
  readonly arn: string
  readonly input: CommandInputs['ecs:RegisterTaskDefinition']
}

export type ExportedCluster = {
  readonly arn: string
  readonly input: CommandInputs['ecs:CreateCluster']
}

export type ExportedService = {
  readonly arn: string
  readonly name: string
  readonly clusterArn: string
  readonly taskDefinitionArn: string
  /** 0: AWS did not say. */
  readonly createdAtMs: number
  /** With ARNs and names of this target; the plan puts references in for what it makes itself. */
  readonly input: CommandInputs['ecs:CreateService']
}

export type ExportedNamespace = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly type: 'HTTP' | 'DNS_PRIVATE' | 'DNS_PUBLIC'
  readonly description: string | null
  readonly soaTtlSeconds: number | null
  readonly tags: Tags
}

/** A namespace and what stands in it, as AWS described it, in any order. */
export type NamespaceFacts = {
  readonly namespace: ExportedNamespace
  /** Cloud Map does not tell it (it is the hosted zone's): that of the services' subnets; null: not known. */
  readonly vpcId: string | null
  /** Without those that ECS makes and removes itself for Service Connect. */
  readonly discoveryServices: readonly ExportedDiscoveryService[]
  readonly clusters: readonly ExportedCluster[]
  readonly taskDefinitions: readonly ExportedTaskDefinition[]
  readonly services: readonly ExportedService[]
}
