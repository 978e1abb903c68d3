import type { ContainerConfig, Hole, Inventory, TargetIdentity, TaskDefinition } from '../inventory/model'
import type { ServiceNode } from '../topology/model'
import { type Address, addressesOf } from './addresses'
import type { Network, World } from './world'

export type ClusterChoice = {
  readonly arn: string
  readonly name: string
  readonly status: string
  /** Name or ARN of its Service Connect default; null: none. */
  readonly serviceConnectNamespace: string | null
}

export type NamespaceOption = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly type: 'HTTP' | 'DNS_PRIVATE' | 'DNS_PUBLIC'
  /** How many discovery services it has; null when they could not be read. */
  readonly discoveryServices: number | null
}

export type DiscoveryServiceChoice = {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly namespaceId: string
  /** Empty when the namespace is not known. */
  readonly namespaceName: string
  /** null: no DNS records. */
  readonly dnsName: string | null
  readonly recordTypes: readonly string[]
  /** The longest of its records; null without records. */
  readonly ttlSeconds: number | null
  readonly routingPolicy: string | null
  readonly healthCheck: 'custom' | 'route53' | 'none'
  /** null: could not be read. */
  readonly instances: number | null
  /** Names of the ECS services that register here. */
  readonly usedBy: readonly string[]
}

export type ServiceChoice = {
  /** Its card on the map. */
  readonly nodeId: string
  readonly arn: string
  readonly name: string
  readonly clusterArn: string
  readonly status: string
  readonly desired: number
  readonly running: number
  readonly taskDefinitionArn: string
  readonly discoveryName: string | null
  readonly dnsName: string | null
  readonly ports: ServiceNode['ports']
}

/** A revision whose containers are known: those in use. Names of variables only, never values. */
export type RevisionChoice = {
  readonly arn: string
  readonly family: string
  readonly revision: number
  readonly networkMode: string | null
  readonly containers: readonly {
    readonly name: string
    readonly image: string
    readonly ports: ContainerConfig['ports']
    readonly variables: readonly string[]
  }[]
}

/** What forms can offer. For the browser: nothing in it is secret. */
export type Choices = {
  readonly target: TargetIdentity
  readonly readAtMs: number
  readonly clusters: readonly ClusterChoice[]
  readonly namespaces: readonly NamespaceOption[]
  readonly discoveryServices: readonly DiscoveryServiceChoice[]
  readonly services: readonly ServiceChoice[]
  /** What an environment variable can hold to reach a service that is there. */
  readonly addresses: readonly Address[]
  readonly families: World['families']
  readonly revisions: readonly RevisionChoice[]
  readonly network: Network
  readonly holes: readonly Hole[]
}

const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))

function discoveryServiceChoices(inventory: Inventory): DiscoveryServiceChoice[] {
  const namespaces = new Map(inventory.namespaces.map((one) => [one.id, one]))
  return inventory.discoveryServices.map((one) => {
    const namespace = namespaces.get(one.namespaceId)
    const ttls = one.dnsRecords.map((record) => record.ttlSeconds)
    return {
      id: one.id,
      arn: one.arn,
      name: one.name,
      namespaceId: one.namespaceId,
      namespaceName: namespace?.name ?? '',
      dnsName: one.dnsRecords.length > 0 && namespace ? `${one.name}.${namespace.name}` : null,
      recordTypes: one.dnsRecords.map((record) => record.type),
      ttlSeconds: ttls.length > 0 ? Math.max(...ttls) : null,
      routingPolicy: one.routingPolicy,
      healthCheck: one.healthCheck,
      instances: one.instances?.length ?? null,
      usedBy: inventory.services
        .filter((each) => each.registryArns.includes(one.arn))
        .map((each) => each.name),
    }
  })
}

function serviceChoices({ inventory, topology }: World): ServiceChoice[] {
  const nodes = new Map(
    topology.services.flatMap((node) => (node.ecs ? [[node.ecs.arn, node] as const] : [])),
  )
  return inventory.services.map((service) => {
    const node = nodes.get(service.arn)
    return {
      nodeId: node?.id ?? '',
      arn: service.arn,
      name: service.name,
      clusterArn: service.clusterArn,
      status: service.status,
      desired: service.desired,
      running: service.running,
      taskDefinitionArn: service.taskDefinitionArn,
      discoveryName: node?.discovery?.name ?? null,
      dnsName: node?.discovery?.dnsName ?? null,
      ports: node?.ports ?? [],
    }
  })
}

const revisionChoice = (definition: TaskDefinition): RevisionChoice => ({
  arn: definition.arn,
  family: definition.family,
  revision: definition.revision,
  networkMode: definition.networkMode,
  containers: definition.containers.map(({ name, image, ports, environment }) => ({
    name,
    image,
    ports,
    variables: Object.keys(environment).sort(),
  })),
})

/** What forms can offer, from the world. Pure and total; environment values stay behind. */
export function choicesFrom(world: World): Choices {
  const { inventory, topology, network, families, holes } = world
  return {
    target: inventory.target,
    readAtMs: inventory.readAtMs,
    clusters: byName(
      inventory.clusters.map(({ arn, name, status, serviceConnectNamespace }) => ({
        arn,
        name,
        status,
        serviceConnectNamespace,
      })),
    ),
    namespaces: byName(
      inventory.namespaces.map(({ id, arn, name, type, servicesRead }) => ({
        id,
        arn,
        name,
        type,
        discoveryServices: servicesRead
          ? inventory.discoveryServices.filter((one) => one.namespaceId === id).length
          : null,
      })),
    ),
    discoveryServices: byName(discoveryServiceChoices(inventory)),
    services: byName(serviceChoices(world)),
    addresses: addressesOf(topology),
    families,
    revisions: Object.values(inventory.taskDefinitions)
      .map(revisionChoice)
      .toSorted((a, b) => (a.family === b.family ? b.revision - a.revision : a.family < b.family ? -1 : 1)),
    network,
    holes,
  }
}
