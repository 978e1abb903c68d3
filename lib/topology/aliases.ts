import type { Namespace } from '../inventory/model'
import { effectivePort, type NamedHost } from './host-names'
import type { ConnectFacts, ServiceNode } from './model'

/** An endpoint of Service Connect and the card that offers it. */
export type Endpoint = ConnectFacts['endpoints'][number] & {
  readonly node: ServiceNode
  readonly namespaceArn: string | null
  /** `<discoveryName>.<namespace>`, which people take for an alias; null when the namespace is not known. */
  readonly fullName: string | null
}

/** What a name means to one caller. */
export type AliasMeaning = {
  readonly endpoint: Endpoint
  /** Why its tasks cannot resolve the name; null: they can. */
  readonly unresolved: string | null
}

/** Every endpoint that a card offers. */
export function endpointsOf(
  nodes: readonly ServiceNode[],
  namespaces: readonly Namespace[],
): readonly Endpoint[] {
  const names = new Map(namespaces.map((namespace) => [namespace.arn, namespace.name]))
  return nodes.flatMap((node) => {
    const { connect } = node
    if (!connect) return []
    const namespace = connect.namespaceArn ? names.get(connect.namespaceArn) : undefined
    return connect.endpoints.map((endpoint) => ({
      ...endpoint,
      node,
      namespaceArn: connect.namespaceArn,
      fullName: namespace === undefined ? null : `${endpoint.discoveryName}.${namespace}`.toLowerCase(),
    }))
  })
}

/** The names of one label that any card offers: only these may be hosts. */
export const labelAliases = (endpoints: readonly Endpoint[]): ReadonlySet<string> =>
  new Set(endpoints.map((endpoint) => endpoint.alias).filter((alias) => !alias.includes('.')))

const byPort = (endpoints: readonly Endpoint[], port: number | null) =>
  endpoints.find((endpoint) => endpoint.port === port) ?? endpoints[0] ?? null

/** Why tasks of this caller cannot resolve `host`, which is meant for the endpoint; null: they can. */
export function whyUnresolved(
  caller: ServiceNode,
  endpoint: Pick<Endpoint, 'alias' | 'namespaceArn' | 'port' | 'node'>,
  host: string,
): string | null {
  const { alias, namespaceArn, port, node } = endpoint
  if (!caller.connect)
    return `${alias} is an alias of Service Connect, which ${caller.name} does not use: its tasks cannot resolve the name.`
  if (caller.connect.namespaceArn !== namespaceArn)
    return `${alias} is offered in another Service Connect namespace than that of ${caller.name}: its tasks cannot resolve the name.`
  if (alias !== host)
    return `${host} is a discovery name, which does not resolve: ${node.name} is called by its alias ${alias}:${port}.`
  if (caller.connect.unknownNames.includes(alias))
    return `${caller.name} was deployed before ${alias} existed and cannot resolve it: redeploy ${caller.name}.`
  return null
}

/**
 * What a host means to this caller by Service Connect; null when no endpoint has that name. Where several have it, the one that the
 * caller resolves is meant, and of those the one with the port.
 */
export function meaningOf(
  endpoints: readonly Endpoint[],
  caller: ServiceNode,
  named: NamedHost,
): AliasMeaning | null {
  const port = effectivePort(named)
  const called = endpoints
    .filter(({ node }) => node.id !== caller.id)
    .filter(({ alias, fullName }) => alias === named.host || fullName === named.host)
    .map((endpoint) => ({ endpoint, unresolved: whyUnresolved(caller, endpoint, named.host) }))
  const resolved = called.filter(({ unresolved }) => unresolved === null)
  const near = called.filter(({ endpoint }) => endpoint.namespaceArn === caller.connect?.namespaceArn)
  for (const some of [resolved, near, called]) {
    const endpoint = byPort(
      some.map((one) => one.endpoint),
      port,
    )
    const meaning = some.find((one) => one.endpoint === endpoint)
    if (meaning) return meaning
  }
  return null
}

/** Why a call by an alias that resolves cannot work; null when nothing speaks against it. */
export function aliasProblem(named: NamedHost, endpoint: Endpoint, variable: string): string | null {
  const port = effectivePort(named)
  if (port !== null && endpoint.port > 0 && port !== endpoint.port)
    return named.port === null
      ? `${variable} names no port, which means ${port} for ${named.scheme}, but ${endpoint.alias} is offered at port ${endpoint.port}.`
      : `${variable} says port ${port}, but ${endpoint.alias} is offered at port ${endpoint.port}.`
  // A name that is known and has no instance: the caller's own proxy answers (ECS developer guide, "Service Connect").
  if (endpoint.node.ecs?.running === 0)
    return `${endpoint.node.name} runs no task: for ${endpoint.alias} the caller's own proxy answers 503.`
  return null
}
