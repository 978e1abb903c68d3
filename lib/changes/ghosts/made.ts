import type { TaskDefinition } from '../../inventory/model'
import type { CommandInputs, Ref, WithRefs } from '../../plan/command'
import {
  makeClusterId,
  makeDiscoveryId,
  makeNamespaceId,
  makeServiceId,
  makeTasksId,
} from '../../topology/ids'
import type { DiscoveryFacts, NamespaceGroup, ServiceNode } from '../../topology/model'
import { type Draft, lastPart, madeOr, markAs, put, textOf } from './draft'

type Input<Name extends keyof CommandInputs> = WithRefs<CommandInputs[Name]>

/** Ids of what does not exist yet: AWS's never hold a colon there. */
const planned = (stepId: string) => `step:${stepId}`

export function addNamespace(draft: Draft, stepId: string, type: NamespaceGroup['type'], name: string): void {
  const id = makeNamespaceId(planned(stepId))
  draft.namespaces.set(id, { id, namespaceId: planned(stepId), arn: '', name, type })
  draft.made.set(stepId, id)
  markAs(draft, id, 'new')
}

export function addCluster(draft: Draft, stepId: string, name: string): void {
  const id = makeClusterId(name)
  draft.clusters.set(id, { id, arn: '', name, status: 'ACTIVE' })
  draft.made.set(stepId, id)
  markAs(draft, id, 'new')
}

/** A card with nothing in it yet. */
const emptyNode = (id: string, name: string): ServiceNode => ({
  id,
  name,
  namespace: null,
  cluster: null,
  state: 'off',
  status: 'planned',
  reasons: [],
  ecs: null,
  discovery: null,
  connect: null,
  ports: [],
  images: [],
  instances: [],
})

export function addDiscoveryService(
  draft: Draft,
  stepId: string,
  input: Input<'servicediscovery:CreateService'>,
): void {
  const where = madeOr(draft, input.NamespaceId)
  const groupId = where ? ('made' in where ? where.made : makeNamespaceId(where.text)) : ''
  const namespace = draft.namespaces.get(groupId)
  const name = textOf(input.Name)
  const records = (input.DnsConfig?.DnsRecords ?? []).map((record) => ({
    type: textOf(record.Type),
    ttlSeconds: record.TTL ?? 0,
  }))
  const discovery: DiscoveryFacts = {
    arn: planned(stepId),
    serviceId: planned(stepId),
    name,
    namespaceName: namespace?.name ?? '',
    dnsName:
      namespace && namespace.type !== 'HTTP' && records.length > 0 ? `${name}.${namespace.name}` : null,
    dnsRecords: records,
    routingPolicy: textOf(input.DnsConfig?.RoutingPolicy) || null,
    healthCheck: input.HealthCheckCustomConfig ? 'custom' : input.HealthCheckConfig ? 'route53' : 'none',
    // Not known rather than none: a planned service is not at fault for having no instance.
    registered: null,
    healthy: null,
  }
  const id = makeDiscoveryId(planned(stepId))
  put(draft, { ...emptyNode(id, name), namespace: namespace?.id ?? null, discovery }, 'new')
  draft.made.set(stepId, id)
}

/** The name and map id of the cluster that a call names; ECS takes `default` when it names none. */
export function clusterOf(
  draft: Draft,
  value: string | Ref | undefined,
): { name: string; id: string | null } {
  const named = madeOr(draft, value)
  const id = named && 'made' in named ? named.made : makeClusterId(lastPart(named?.text ?? 'default'))
  return { name: id.slice(id.indexOf('/') + 1), id: draft.clusters.has(id) ? id : null }
}

/** The task definition that a call names, when this plan registers it. */
export function definitionNamed(draft: Draft, value: string | Ref | undefined): TaskDefinition | null {
  const named = madeOr(draft, value)
  return named && 'made' in named ? (draft.definitions.get(named.made) ?? null) : null
}

/** Ports and images that a definition gives a card. */
export const containersOf = (definition: TaskDefinition | null): Pick<ServiceNode, 'ports' | 'images'> => ({
  ports: (definition?.containers ?? []).flatMap((container) =>
    container.ports.map((port) => ({
      container: container.name,
      port: port.containerPort,
      protocol: port.protocol,
      name: port.name,
    })),
  ),
  images: (definition?.containers ?? []).map(({ name, image }) => ({
    container: name,
    image,
    standIn: false,
  })),
})

/** The card of the discovery service that a registry names. */
function discoveryNodeOf(draft: Draft, value: string | Ref | undefined): ServiceNode | null {
  const named = madeOr(draft, value)
  if (!named) return null
  if ('made' in named) return draft.services.get(named.made) ?? null
  return [...draft.services.values()].find((node) => node.discovery?.arn === named.text) ?? null
}

export function addService(draft: Draft, stepId: string, input: Input<'ecs:CreateService'>): void {
  const cluster = clusterOf(draft, input.cluster)
  const serviceName = textOf(input.serviceName)
  const registry = discoveryNodeOf(draft, input.serviceRegistries?.[0]?.registryArn)
  const definition = definitionNamed(draft, input.taskDefinition)
  const id = makeServiceId(cluster.name, serviceName)
  const revision = definition ? `${definition.family}:new` : lastPart(textOf(input.taskDefinition))
  // A discovery service and the ECS service that registers there are one card.
  if (registry && registry.ecs === null) {
    draft.services.delete(registry.id)
    draft.marks.delete(registry.id)
    for (const [made, nodeId] of draft.made) if (nodeId === registry.id) draft.made.set(made, id)
    for (const edge of [...draft.edges.values()])
      if (edge.target === registry.id) {
        draft.edges.delete(edge.id)
        const moved = { ...edge, id: `${edge.source}->${id}`, target: id, problem: null }
        draft.edges.set(moved.id, moved)
      }
  }
  const discovery = registry?.discovery ?? null
  put(
    draft,
    {
      ...emptyNode(id, discovery?.name ?? serviceName),
      namespace: registry?.namespace ?? null,
      cluster: cluster.id,
      status: `0 of ${input.desiredCount ?? 0}`,
      discovery: discovery && { ...discovery, registered: null, healthy: null },
      ecs: {
        arn: planned(stepId),
        serviceName,
        status: 'ACTIVE',
        desired: input.desiredCount ?? 0,
        running: 0,
        pending: 0,
        launchType: textOf(input.launchType) || null,
        taskDefinitionArn: definition?.arn ?? textOf(input.taskDefinition),
        taskDefinition: revision,
        rollout: null,
        events: [],
        createdAtMs: 0,
      },
      ...containersOf(definition),
    },
    'new',
  )
  draft.made.set(stepId, id)
  if (definition) draft.callers.set(id, definition)
}

export function addTask(draft: Draft, stepId: string, input: Input<'ecs:RunTask'>): void {
  const cluster = clusterOf(draft, input.cluster)
  const definition = definitionNamed(draft, input.taskDefinition)
  const family = definition?.family ?? lastPart(textOf(input.taskDefinition)).replace(/:\d+$/, '')
  const id = makeTasksId(cluster.name, `family:${family}`)
  draft.made.set(stepId, id)
  const there = draft.services.get(id)
  if (there) {
    markAs(draft, id, 'changed')
    return
  }
  put(draft, { ...emptyNode(id, family), cluster: cluster.id, ...containersOf(definition) }, 'new')
  if (definition) draft.callers.set(id, definition)
}
