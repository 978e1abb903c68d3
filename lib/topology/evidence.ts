import type { Namespace, TaskDefinition } from '../inventory/model'
import { type AliasMeaning, aliasProblem, endpointsOf, labelAliases, meaningOf } from './aliases'
import { effectivePort, hostsIn, type NamedHost } from './host-names'
import { makeEdgeId, makeMissingId, makeNamespaceId } from './ids'
import type { Edge, Evidence, ServiceNode } from './model'

/** A card and the task definition that says what it calls. */
export type Caller = { readonly nodeId: string; readonly name: string; readonly definition: TaskDefinition }

export type Declared = {
  readonly edges: readonly Edge[]
  /** Cards for names that are called and do not exist. */
  readonly missing: readonly ServiceNode[]
}

type Target = { readonly node: ServiceNode; readonly resolves: boolean }

/** By full name, lower case: those that DNS answers, and those that only DiscoverInstances knows. */
function indexNames(nodes: readonly ServiceNode[], namespaces: readonly Namespace[]) {
  const namespaceNames = new Map(
    namespaces.map((namespace) => [makeNamespaceId(namespace.id), namespace.name]),
  )
  const names = new Map<string, Target>()
  for (const node of nodes) {
    const { discovery } = node
    if (!discovery?.dnsName) continue
    const name = discovery.dnsName.toLowerCase()
    if (!names.has(name)) names.set(name, { node, resolves: true })
  }
  for (const node of nodes) {
    const { discovery } = node
    if (!discovery || discovery.dnsName || node.namespace === null) continue
    const name = `${discovery.name}.${namespaceNames.get(node.namespace) ?? ''}`.toLowerCase()
    if (!names.has(name)) names.set(name, { node, resolves: false })
  }
  return names
}

function namespaceOf(host: string, namespaces: readonly Namespace[]): Namespace | null {
  let best: Namespace | null = null
  for (const namespace of namespaces) {
    // A public zone holds names of other makers too, and an HTTP namespace holds no names at all.
    if (namespace.type !== 'DNS_PRIVATE' || !namespace.servicesRead) continue
    const suffix = `.${namespace.name.toLowerCase()}`
    if (host.endsWith(suffix) && (best === null || namespace.name.length > best.name.length)) best = namespace
  }
  return best
}

function portProblem(named: NamedHost, node: ServiceNode, variable: string): string | null {
  const port = effectivePort(named)
  if (port === null || node.ports.length === 0) return null
  const offered = [
    ...node.ports.map((mapping) => mapping.port),
    ...node.instances.map((instance) => instance.port).filter((known) => known !== null),
  ]
  if (offered.includes(port)) return null
  const list = [...new Set(node.ports.map((mapping) => mapping.port))].sort((a, b) => a - b).join(', ')
  return named.port === null
    ? `${variable} names no port, which means ${port} for ${named.scheme}, but ${node.name} listens on ${list}.`
    : `${variable} says port ${port}, but ${node.name} listens on ${list}.`
}

/** Why the call cannot work; null when nothing speaks against it. */
function problemOf(named: NamedHost, target: Target, variable: string): string | null {
  const { node } = target
  const { discovery } = node
  if (!discovery) return null
  if (!target.resolves)
    return `${variable} names ${named.host}, but ${node.name} has no DNS records: only the DiscoverInstances API finds it.`
  const types = discovery.dnsRecords.map((record) => record.type)
  const isWeb = named.scheme !== null && /^(https?|wss?)$/.test(named.scheme)
  if (isWeb && types.every((type) => type === 'SRV'))
    return `${node.name} has only SRV records, and a ${named.scheme} client asks for an address.`
  if (discovery.registered === 0)
    return `${node.name} has no registered instance: ${named.host} does not resolve.`
  if (discovery.healthy === 0)
    return `Every registered instance of ${node.name} is unhealthy: DNS answers with addresses that fail.`
  return portProblem(named, node, variable)
}

function missingNode(host: string, namespace: Namespace, reason: string): ServiceNode {
  return {
    id: makeMissingId(host),
    name: host.slice(0, -(namespace.name.length + 1)),
    namespace: makeNamespaceId(namespace.id),
    cluster: null,
    state: 'bad',
    status: 'does not exist',
    reasons: [reason],
    ecs: null,
    discovery: null,
    connect: null,
    ports: [],
    images: [],
    instances: [],
  }
}

type Declaration = Extract<Evidence, { kind: 'declared' }>

const isSame = (a: Evidence, b: Evidence) =>
  a.kind === 'alias' && b.kind === 'alias' && a.alias === b.alias && a.port === b.port

type Draft = { evidence: Evidence[]; problem: string | null; source: string; target: string }

/**
 * Who names whom: edges from the plain environment variables of every container. What Service Connect gives a task to resolve comes
 * before DNS, as it does in the task's hosts file.
 */
export function declaredEdges(
  callers: readonly Caller[],
  nodes: readonly ServiceNode[],
  namespaces: readonly Namespace[],
): Declared {
  const names = indexNames(nodes, namespaces)
  const endpoints = endpointsOf(nodes, namespaces)
  const labels = labelAliases(endpoints)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const drafts = new Map<string, Draft>()
  const missing = new Map<string, ServiceNode>()
  const add = (source: string, target: string, evidence: Evidence, problem: string | null) => {
    const id = makeEdgeId(source, target)
    const draft = drafts.get(id)
    if (!draft) {
      drafts.set(id, { source, target, evidence: [evidence], problem })
      return
    }
    if (!draft.evidence.some((known) => isSame(known, evidence))) draft.evidence.push(evidence)
    draft.problem ??= problem
  }
  const addAlias = (source: string, named: NamedHost, declared: Declaration, meaning: AliasMeaning) => {
    const { endpoint, unresolved } = meaning
    const target = endpoint.node.id
    add(source, target, declared, unresolved ?? aliasProblem(named, endpoint, declared.variable))
    if (unresolved === null)
      add(source, target, { kind: 'alias', alias: endpoint.alias, port: endpoint.port }, null)
  }
  for (const caller of callers)
    for (const container of caller.definition.containers)
      for (const variable of Object.keys(container.environment).sort())
        for (const named of hostsIn(container.environment[variable] ?? '', labels)) {
          const { host, port } = named
          const evidence: Declaration = { kind: 'declared', container: container.name, variable, host, port }
          const node = byId.get(caller.nodeId)
          const meaning = node ? meaningOf(endpoints, node, named) : null
          const dns = names.get(host)
          if (meaning && (meaning.unresolved === null || !dns?.resolves)) {
            // A lone word is taken for a host only where it resolves, or where the text says that it is one.
            if (host.includes('.') || port !== null || named.scheme !== null || meaning.unresolved === null)
              addAlias(caller.nodeId, named, evidence, meaning)
            continue
          }
          // An SRV answer names single instances: `<instance id>.<service>.<namespace>`.
          const target = dns ?? names.get(host.slice(host.indexOf('.') + 1))
          if (target) {
            if (target.node.id !== caller.nodeId)
              add(caller.nodeId, target.node.id, evidence, problemOf(named, target, variable))
            continue
          }
          const namespace = namespaceOf(host, namespaces)
          if (!namespace) continue
          const reason = `${variable} of ${caller.name} names ${host}, but ${namespace.name} has no such service.`
          const gap = missing.get(host) ?? missingNode(host, namespace, reason)
          missing.set(host, gap)
          add(caller.nodeId, gap.id, evidence, reason)
        }
  return {
    edges: [...drafts].map(([id, draft]) => ({ id, ...draft })),
    missing: [...missing.values()],
  }
}
