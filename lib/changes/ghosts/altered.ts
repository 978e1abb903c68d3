import type { CommandInputs, Ref, WithRefs } from '../../plan/command'
import { makeNamespaceId } from '../../topology/ids'
import type { ServiceNode } from '../../topology/model'
import { plannedConnect } from './connect'
import { type Draft, lastPart, madeOr, markAs, put, textOf } from './draft'
import { clusterOf, containersOf, definitionNamed } from './made'

type Input<Name extends keyof CommandInputs> = WithRefs<CommandInputs[Name]>

/** The card of an ECS service, named by ARN or by name with its cluster. */
function serviceNodeOf(
  draft: Draft,
  cluster: string | Ref | undefined,
  service: string | Ref | undefined,
): ServiceNode | null {
  const named = madeOr(draft, service)
  if (!named) return null
  if ('made' in named) return draft.services.get(named.made) ?? null
  const nodes = [...draft.services.values()]
  const byArn = nodes.find((node) => node.ecs?.arn === named.text)
  if (byArn) return byArn
  const where = clusterOf(draft, cluster)
  return (
    nodes.find((node) => node.cluster === where.id && node.ecs?.serviceName === lastPart(named.text)) ?? null
  )
}

export function alterService(draft: Draft, input: Input<'ecs:UpdateService'>): void {
  const node = serviceNodeOf(draft, input.cluster, input.service)
  if (!node?.ecs) return
  const definition = definitionNamed(draft, input.taskDefinition)
  const named = textOf(input.taskDefinition)
  const settings = input.serviceConnectConfiguration
  const { ports } = definition ? containersOf(definition) : node
  put(
    draft,
    {
      ...node,
      ecs: {
        ...node.ecs,
        desired: input.desiredCount ?? node.ecs.desired,
        ...(definition
          ? { taskDefinitionArn: definition.arn, taskDefinition: `${definition.family}:new` }
          : named === ''
            ? {}
            : { taskDefinitionArn: named, taskDefinition: lastPart(named) }),
      },
      ...(definition ? containersOf(definition) : {}),
      ...(settings ? { connect: plannedConnect(draft, settings, ports) } : {}),
    },
    'changed',
  )
  if (definition) draft.callers.set(node.id, definition)
}

/** Its calls, and the calls to it, end. */
function markEdges(draft: Draft, nodeId: string): void {
  for (const edge of draft.edges.values())
    if (edge.source === nodeId || edge.target === nodeId) markAs(draft, edge.id, 'gone')
}

function markGone(draft: Draft, node: ServiceNode): void {
  markAs(draft, node.id, 'gone')
  for (const instance of node.instances) markAs(draft, instance.id, 'gone')
  markEdges(draft, node.id)
}

export function removeService(draft: Draft, input: Input<'ecs:DeleteService'>): void {
  const node = serviceNodeOf(draft, input.cluster, input.service)
  if (node) markGone(draft, node)
}

export function removeDiscoveryService(draft: Draft, id: string | Ref | undefined): void {
  const named = madeOr(draft, id)
  if (!named) return
  for (const node of draft.services.values()) {
    const is = 'made' in named ? node.id === named.made : node.discovery?.serviceId === named.text
    if (!is) continue
    if (node.ecs === null) markGone(draft, node)
    else {
      // The tasks go on; only the name ends.
      markAs(draft, node.id, 'changed')
      for (const edge of draft.edges.values()) if (edge.target === node.id) markAs(draft, edge.id, 'gone')
    }
  }
}

export function removeNamespace(draft: Draft, id: string | Ref | undefined): void {
  const named = madeOr(draft, id)
  if (!named) return
  const groupId = 'made' in named ? named.made : makeNamespaceId(named.text)
  if (!draft.namespaces.has(groupId)) return
  markAs(draft, groupId, 'gone')
  // A name that was called and did not exist has nowhere to be any more.
  for (const node of draft.services.values())
    if (node.namespace === groupId && node.id.startsWith('missing/')) markGone(draft, node)
}

export function removeCluster(draft: Draft, cluster: string | Ref | undefined): void {
  const { id } = clusterOf(draft, cluster)
  if (id) markAs(draft, id, 'gone')
}

/** Marks the dot of a task or of a registered instance, and its card as changed. */
export function removeInstance(
  draft: Draft,
  is: (instance: ServiceNode['instances'][number], node: ServiceNode) => boolean,
): void {
  for (const node of draft.services.values())
    for (const instance of node.instances)
      if (is(instance, node)) {
        markAs(draft, instance.id, 'gone')
        markAs(draft, node.id, 'changed')
      }
}
