import type { Run } from '@/lib/plan/run-state'
import type { ServiceNode, Topology } from '@/lib/topology/model'

export type MapLink = { readonly id: string; readonly name: string; readonly href: string }

const mostLinks = 6

/**
 * What a run made or changed that is on the map now, as links to it. Services come before the groups that hold them, because they are
 * what somebody wants to see.
 */
export function mapLinks(run: Run, topology: Topology): readonly MapLink[] {
  const words = new Set(run.plan.steps.flatMap((step) => textsIn(step.input)))
  for (const step of run.steps)
    for (const output of Object.values(step.outputs)) if (output !== undefined) words.add(output)
  const isMeant = (...names: readonly (string | null | undefined)[]) =>
    names.some((name) => name !== null && name !== undefined && words.has(name))
  const services = topology.services.filter((service) => isMeant(...namesOf(service)))
  const found =
    services.length > 0
      ? services
      : [
          ...topology.namespaces.filter((each) => isMeant(each.arn, each.namespaceId)),
          ...topology.clusters.filter((each) => isMeant(each.arn)),
        ]
  return found.slice(0, mostLinks).map(({ id, name }) => ({ id, name, href: mapHref(id) }))
}

/** The map with something selected. */
export const mapHref = (id: string): string => `/?selected=${encodeURIComponent(id)}`

const namesOf = ({ ecs, discovery }: ServiceNode) => [ecs?.arn, discovery?.arn, discovery?.serviceId]

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
