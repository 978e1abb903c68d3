import type { EcsService } from '../../inventory/model'
import type { Edge, ServiceNode } from '../../topology/model'
import type { World } from '../world'
import { type ClientFacts, type Help, helpOf } from './help'
import {
  type ConnectName,
  cardName,
  connectNamespaceOf,
  connectOf,
  membersOf,
  namesOf,
  wordOf,
} from './known'

export type Client = {
  readonly service: EcsService
  readonly help: Help
  /** It is known to call the service; else it only stands in the same namespace. */
  readonly calls: boolean
  /** It calls one of the names that stop, and no other way is known. */
  readonly breaks: boolean
}

export type NameChange = {
  /** Names that the service offers once it is done. */
  readonly names: readonly ConnectName[]
  /** Names that clients resolve after their next deployment, and do not now. */
  readonly started: readonly ConnectName[]
  /** Names that lead nowhere once the change is done. */
  readonly stopped: readonly ConnectName[]
  /** Where the names are or will be; null: in a namespace that the plan makes. */
  readonly namespaceId: string | null
}

export const nodeOfService = ({ topology }: World, service: EcsService): ServiceNode | null =>
  topology.services.find((node) => node.ecs?.arn === service.arn) ?? null

/** Lines on the map that lead to a service. */
function edgesTo(service: EcsService, world: World): readonly Edge[] {
  const node = nodeOfService(world, service)
  return node ? world.topology.edges.filter((edge) => edge.target === node.id && edge.source !== node.id) : []
}

/** The names by which DNS answers for a service, in lower case. */
export function dnsNamesOf(service: EcsService, { inventory }: World): readonly string[] {
  return inventory.discoveryServices
    .filter((one) => service.registryArns.includes(one.arn) && one.dnsRecords.length > 0)
    .flatMap((one) => {
      const namespace = inventory.namespaces.find(({ id }) => id === one.namespaceId)
      return namespace ? [`${one.name}.${namespace.name}`.toLowerCase()] : []
    })
}

/** Whether a call goes by one of the names and by nothing that stays. */
function relies(edge: Edge, names: readonly ConnectName[], dnsNames: readonly string[]): boolean {
  const words = new Set(names.map(wordOf))
  const byAlias = edge.evidence.some(
    (one) => one.kind === 'alias' && words.has(wordOf(one)) && !dnsNames.includes(one.alias.toLowerCase()),
  )
  if (byAlias) return true
  const seen = edge.evidence.some(
    (one) =>
      one.kind === 'observed' && names.some(({ discoveryName }) => discoveryName === one.discoveryName),
  )
  const otherwise = edge.evidence.some(
    (one) =>
      (one.kind === 'declared' && dnsNames.includes(one.host)) ||
      (one.kind === 'alias' && dnsNames.includes(one.alias.toLowerCase())),
  )
  return seen && !otherwise
}

/** Whether the service's newest deployment is older than an endpoint of that name, as the map says it. */
const isStale = (service: EcsService, names: readonly ConnectName[], world: World): boolean => {
  const unknown = nodeOfService(world, service)?.connect?.unknownNames ?? []
  return names.some(({ alias }) => unknown.some((one) => one === alias || one.startsWith(`${alias}:`)))
}

/** What is known of every service that calls this one or is in Service Connect. */
export function clientFacts(
  service: EcsService,
  world: World,
): readonly (ClientFacts & { readonly service: EcsService })[] {
  const callers = new Set(edgesTo(service, world).map(({ source }) => source))
  const offered = namesOf(world, service)
  return world.inventory.services
    .filter((one) => one.status === 'ACTIVE' && one.arn !== service.arn)
    .map((client) => {
      const connect = connectOf(client)
      return {
        service: client,
        arn: client.arn,
        name: cardName(world, client),
        calls: callers.has(nodeOfService(world, client)?.id ?? ''),
        // One whose namespace cannot be found is in none that this one could share.
        namespaceId: connect === null ? null : (connectNamespaceOf(world, client)?.id ?? ''),
        isServer: (connect?.services.length ?? 0) > 0,
        isStale: isStale(client, offered, world),
      }
    })
    .filter(({ calls, namespaceId }) => calls || namespaceId !== null)
}

/** Callers first, then by name. */
const byUse = (a: Client, b: Client): number =>
  Number(b.calls) - Number(a.calls) || (a.service.name < b.service.name ? -1 : 1)

/** Whether others offer names in a namespace beside those that stop. */
export function hasOtherNames(
  namespaceId: string | null,
  stopped: readonly ConnectName[],
  world: World,
): boolean {
  const gone = new Set(stopped.map(wordOf))
  return (
    namespaceId !== null &&
    membersOf(world, namespaceId)
      .flatMap((one) => namesOf(world, one))
      .some((name) => !gone.has(wordOf(name)))
  )
}

/** Everybody whom a change of names concerns. `service` is the one that offers them. */
export function clientsOf(service: EcsService, change: NameChange, world: World): readonly Client[] {
  const { namespaceId, names, started, stopped } = change
  const edges = new Map(edgesTo(service, world).map((edge) => [edge.source, edge] as const))
  const dnsNames = dnsNamesOf(service, world)
  const move = {
    starts: started.length > 0,
    stops: stopped.length > 0,
    offers: names.length > 0,
    namespaceId,
    hasOtherNames: hasOtherNames(namespaceId, stopped, world),
  }
  return clientFacts(service, world)
    .flatMap((facts): Client[] => {
      const help = helpOf(facts, move)
      const edge = edges.get(nodeOfService(world, facts.service)?.id ?? '')
      const breaks = edge !== undefined && facts.namespaceId !== null && relies(edge, stopped, dnsNames)
      return help === null ? [] : [{ service: facts.service, help, calls: facts.calls, breaks }]
    })
    .toSorted(byUse)
}

/** Servers before the clients that call them, as far as the map knows; who calls in a circle comes by name. */
export function inDependencyOrder(services: readonly EcsService[], world: World): readonly EcsService[] {
  const ids = new Map(services.map((one) => [nodeOfService(world, one)?.id ?? one.arn, one] as const))
  const calleesOf = (id: string) =>
    world.topology.edges
      .filter((edge) => edge.source === id && ids.has(edge.target))
      .map(({ target }) => target)
  const ordered: EcsService[] = []
  const seen = new Set<string>()
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const callee of calleesOf(id).toSorted()) visit(callee)
    const service = ids.get(id)
    if (service) ordered.push(service)
  }
  for (const id of [...ids.keys()].toSorted()) visit(id)
  return ordered
}
