import type {
  DiscoveryService,
  EcsService,
  Inventory,
  Namespace,
  ServiceConnectConfig,
} from '../inventory/model'
import { primaryOf } from './health'

/** An endpoint that a service offers by Service Connect: who calls what by which name. */
export type Offer = {
  readonly service: EcsService
  /** Same for everybody in the namespace; see `connectNamespace`. */
  readonly namespaceKey: string
  readonly portName: string
  readonly discoveryName: string
  /** Lower case, as clients resolve it: `clientAliases[].dnsName`, else `<discoveryName>.<namespace>`. */
  readonly alias: string
  readonly port: number
  readonly ingressPort: number | null
  /** The Cloud Map service behind it; null: not read, or not made yet. */
  readonly registry: DiscoveryService | null
}

/** The Service Connect namespace of a configuration: by ARN, id or name, else the cluster's default. `key` is '' when nothing says. */
export function connectNamespace(
  inventory: Inventory,
  service: EcsService,
  config: ServiceConnectConfig,
): { readonly namespace: Namespace | null; readonly key: string } {
  const said =
    config.namespace ??
    inventory.clusters.find((cluster) => cluster.arn === service.clusterArn)?.serviceConnectNamespace ??
    ''
  const id = said.slice(said.lastIndexOf('/') + 1)
  const namespace =
    inventory.namespaces.find((one) => one.arn === said || one.id === id) ??
    inventory.namespaces.find((one) => one.name === said) ??
    null
  return { namespace, key: namespace?.id ?? said }
}

/** Port of the task definition by its name; null: not known. */
function namedPort(inventory: Inventory, taskDefinitionArn: string, portName: string): number | null {
  for (const container of inventory.taskDefinitions[taskDefinitionArn]?.containers ?? [])
    for (const mapping of container.ports) if (mapping.name === portName) return mapping.containerPort
  return null
}

/** All endpoints that PRIMARY deployments offer, in the order of the services and of their entries. */
export function offersOf(inventory: Inventory): readonly Offer[] {
  const byArn = new Map(inventory.discoveryServices.map((registry) => [registry.arn, registry]))
  const byPlace = new Map<string, DiscoveryService>()
  for (const registry of inventory.discoveryServices)
    if (registry.managedBy !== null)
      byPlace.set(`${registry.managedBy} ${registry.namespaceId} ${registry.name}`, registry)
  const offers: Offer[] = []
  for (const service of inventory.services) {
    const primary = primaryOf(service)
    const config = primary?.serviceConnect
    if (!primary || !config) continue
    const { namespace, key } = connectNamespace(inventory, service, config)
    for (const endpoint of config.services) {
      const { discoveryName, portName, ingressPort } = endpoint
      const said = endpoint.aliases[0]
      const port = said?.port ?? namedPort(inventory, primary.taskDefinitionArn, portName) ?? 0
      const alias = said?.dnsName ?? (namespace ? `${discoveryName}.${namespace.name}` : discoveryName)
      const registry =
        (endpoint.discoveryArn === null ? undefined : byArn.get(endpoint.discoveryArn)) ??
        byPlace.get(`${service.arn} ${key} ${discoveryName}`) ??
        null
      offers.push({
        service,
        namespaceKey: key,
        portName,
        discoveryName,
        alias: alias.toLowerCase(),
        port,
        ingressPort,
        registry,
      })
    }
  }
  return offers
}
