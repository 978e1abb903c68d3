import type { Deployment, EcsService, Namespace, ServiceConnectConfig } from '../../inventory/model'
import type { World } from '../world'

/** A name that tasks of a namespace may resolve, and where it leads. */
export type ConnectName = { readonly alias: string; readonly port: number; readonly discoveryName: string }

/** `backend-api:8080` */
export const wordOf = ({ alias, port }: Pick<ConnectName, 'alias' | 'port'>): string => `${alias}:${port}`

export const primaryOf = (service: EcsService): Deployment | null =>
  service.deployments.find(({ status }) => status === 'PRIMARY') ?? null

/** Service Connect as the service's newest deployment has it; null: off. */
export const connectOf = (service: EcsService): ServiceConnectConfig | null =>
  primaryOf(service)?.serviceConnect ?? null

/** A namespace by what ECS calls it: its ARN, else its name. */
export const namespaceNamed = ({ inventory }: World, named: string): Namespace | null =>
  inventory.namespaces.find(({ arn }) => arn === named) ??
  inventory.namespaces.find(({ name, httpName }) => name === named || httpName === named) ??
  null

/** The Service Connect default of the service's cluster; null: none. */
export const defaultNamespaceOf = ({ inventory }: World, clusterArn: string): string | null =>
  inventory.clusters.find(({ arn }) => arn === clusterArn)?.serviceConnectNamespace ?? null

/** The namespace that a service is in by Service Connect; null: it is off, or the namespace is not known. */
export function connectNamespaceOf(world: World, service: EcsService): Namespace | null {
  const connect = connectOf(service)
  const named = connect && (connect.namespace ?? defaultNamespaceOf(world, service.clusterArn))
  return named ? namespaceNamed(world, named) : null
}

/** The names that a service offers, as clients resolve them (ECS developer guide, "Service Connect": alias, else discovery name). */
export function namesOf(world: World, service: EcsService): readonly ConnectName[] {
  const connect = connectOf(service)
  if (!connect) return []
  const namespace = connectNamespaceOf(world, service)?.name ?? ''
  const ports = (world.inventory.taskDefinitions[service.taskDefinitionArn]?.containers ?? []).flatMap(
    (container) => container.ports,
  )
  return connect.services.map(({ portName, discoveryName, aliases }) => {
    const [alias] = aliases
    return {
      alias: alias?.dnsName ?? `${discoveryName}.${namespace}`.toLowerCase(),
      port: alias?.port ?? ports.find(({ name }) => name === portName)?.containerPort ?? 0,
      discoveryName,
    }
  })
}

/** Services that are in a namespace by Service Connect. */
export const membersOf = (world: World, namespaceId: string): readonly EcsService[] =>
  world.inventory.services.filter(
    (service) => service.status === 'ACTIVE' && connectNamespaceOf(world, service)?.id === namespaceId,
  )

/** What the service is called on its card. */
export const cardName = ({ topology }: World, service: EcsService): string =>
  topology.services.find((node) => node.ecs?.arn === service.arn)?.name ?? service.name
