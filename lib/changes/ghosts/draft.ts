import type { ContainerConfig, TaskDefinition } from '../../inventory/model'
import { isRef, type Ref } from '../../plan/command'
import type { Edge, NamespaceGroup, ServiceNode, Topology } from '../../topology/model'

export type Mark = 'new' | 'changed' | 'gone'

/** The map while the steps of a plan are laid over it. */
export type Draft = {
  readonly namespaces: Map<string, NamespaceGroup>
  readonly clusters: Map<string, Topology['clusters'][number]>
  readonly services: Map<string, ServiceNode>
  readonly edges: Map<string, Edge>
  readonly marks: Map<string, Mark>
  /** What earlier steps made, by step id: the id of a group or card, or a task definition. */
  readonly made: Map<string, string>
  readonly definitions: Map<string, TaskDefinition>
  /** Cards whose calls have to be told anew, with the definition that they will run. */
  readonly callers: Map<string, TaskDefinition>
}

const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
  new Map(items.map((item) => [item.id, item]))

export const startDraft = (topology: Topology): Draft => ({
  namespaces: byId(topology.namespaces),
  clusters: byId(topology.clusters),
  services: byId(topology.services),
  edges: byId(topology.edges),
  marks: new Map(),
  made: new Map(),
  definitions: new Map(),
  callers: new Map(),
})

/** A text, or the thing that an earlier step made; null for what is neither. */
export function madeOr(
  draft: Draft,
  value: string | Ref | undefined,
): { made: string } | { text: string } | null {
  if (value === undefined) return null
  if (!isRef(value)) return { text: value }
  const made = draft.made.get(value.$ref.step)
  return made === undefined ? null : { made }
}

/** A plain text, or what stands for it when it is a reference or absent. */
export const textOf = (value: unknown, fallback = ''): string =>
  typeof value === 'string' ? value : fallback

export const lastPart = (text: string): string => text.slice(text.lastIndexOf('/') + 1)

/** Puts a card in, marked; one that was new stays new when it changes. */
export function put(draft: Draft, node: ServiceNode, mark: Mark): void {
  draft.services.set(node.id, node)
  markAs(draft, node.id, mark)
}

export function markAs(draft: Draft, id: string, mark: Mark): void {
  if (mark === 'changed' && draft.marks.has(id)) return
  draft.marks.set(id, mark)
}

type RawContainer = {
  readonly name?: unknown
  readonly image?: unknown
  readonly essential?: unknown
  readonly portMappings?: unknown
  readonly environment?: unknown
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined

function containerOf(raw: RawContainer): ContainerConfig {
  const name = textOf(raw.name)
  const environment: Record<string, string> = Object.create(null)
  for (const pair of listOf(raw.environment))
    environment[textOf(fieldOf(pair, 'name'))] = textOf(fieldOf(pair, 'value'))
  return {
    name,
    image: textOf(raw.image),
    essential: raw.essential !== false,
    ports: listOf(raw.portMappings).flatMap((port) => {
      const containerPort = fieldOf(port, 'containerPort')
      if (typeof containerPort !== 'number') return []
      return [
        {
          container: name,
          containerPort,
          protocol: textOf(fieldOf(port, 'protocol'), 'tcp'),
          name: textOf(fieldOf(port, 'name')) || null,
          appProtocol: textOf(fieldOf(port, 'appProtocol')) || null,
        },
      ]
    }),
    environment,
    hasHealthCheck: fieldOf(raw, 'healthCheck') !== undefined,
  }
}

/** What a step registers, as the map knows task definitions. */
export function definitionOf(stepId: string, input: object): TaskDefinition {
  const family = textOf(fieldOf(input, 'family'))
  return {
    arn: `step:${stepId}`,
    family,
    revision: 0,
    networkMode: textOf(fieldOf(input, 'networkMode')) || null,
    containers: listOf(fieldOf(input, 'containerDefinitions')).flatMap((container) =>
      typeof container === 'object' && container !== null ? [containerOf(container)] : [],
    ),
  }
}
