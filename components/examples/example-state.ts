import { servicesOf } from '@/lib/changes/examples/all'
import type { DeployExampleInput } from '@/lib/changes/inputs/examples'
import type { ServiceNode, State, Topology } from '@/lib/topology/model'

export type ExampleState = {
  readonly kind: 'not deployed' | 'partly' | 'changing' | 'deployed' | 'taken'
  /** Its services that are there, by discovery name. */
  readonly services: ReadonlyMap<string, ServiceNode>
  /** What stands there in its names although it is not the example's: `backend-api is the service other-api`. */
  readonly foreign: readonly string[]
}

/** How much of an example is on the map, in the namespace and the cluster that are meant. */
export function exampleState(input: DeployExampleInput, topology: Topology): ExampleState {
  const wanted = input.namespaceName.toLowerCase()
  const namespace = topology.namespaces.find(
    (each) => each.type === 'DNS_PRIVATE' && each.name.toLowerCase() === wanted,
  )
  const parts = servicesOf(input)
  const services = new Map<string, ServiceNode>()
  const foreign: string[] = []
  const cluster = topology.clusters.find((each) => each.name === input.clusterName)
  for (const { name, serviceName, connect } of parts) {
    const found = connect
      ? // A client of Service Connect has no name in the namespace.
        cluster &&
        topology.services.find(
          (each) =>
            each.cluster === cluster.id && each.ecs?.serviceName === serviceName && each.connect !== null,
        )
      : namespace && inNamespace(topology, namespace.id, { name, serviceName })
    if (!found) continue
    if (found.ecs && found.ecs.serviceName !== serviceName)
      foreign.push(`${name} is the service ${found.ecs.serviceName}`)
    else services.set(name, found)
  }
  return { kind: kindOf(parts.length, services, foreign), services, foreign }
}

/**
 * By its discovery name, or as the ECS service itself: one that went on from its registry to Service Connect is still there, beside the
 * name that it left.
 */
function inNamespace(
  topology: Topology,
  namespaceId: string,
  part: { readonly name: string; readonly serviceName: string },
): ServiceNode | undefined {
  const there = topology.services.filter(({ namespace }) => namespace === namespaceId)
  const registered = there.find(({ discovery }) => discovery?.name === part.name)
  return registered && registered.ecs !== null
    ? registered
    : (there.find(({ ecs }) => ecs?.serviceName === part.serviceName) ?? registered)
}

function kindOf(
  parts: number,
  services: ReadonlyMap<string, ServiceNode>,
  foreign: readonly string[],
): ExampleState['kind'] {
  if (foreign.length > 0) return 'taken'
  if (services.size === 0) return 'not deployed'
  const all = [...services.values()]
  if (all.length < parts || all.some(({ ecs }) => ecs === null)) return 'partly'
  return all.every(isUp) ? 'deployed' : 'changing'
}

/** All its tasks run, and callers are told of each. */
function isUp({ ecs, instances }: ServiceNode): boolean {
  if (ecs?.status !== 'ACTIVE' || ecs.running !== ecs.desired || ecs.pending > 0) return false
  return instances.every(({ state }) => state === 'healthy')
}

/** What of an example is still on the map: its services and its namespace; empty when nothing is. */
export function leftovers(input: DeployExampleInput, topology: Topology): readonly string[] {
  const { services } = exampleState(input, topology)
  const namespace = topology.namespaces.some((each) => each.name === input.namespaceName)
  const cluster = topology.clusters.some((each) => each.name === input.clusterName)
  return [
    ...services.keys(),
    ...(namespace ? [`namespace ${input.namespaceName}`] : []),
    ...(cluster ? [`cluster ${input.clusterName}`] : []),
  ]
}

export const exampleWords: Readonly<Record<ExampleState['kind'], string>> = {
  'not deployed': 'not deployed',
  partly: 'partly deployed',
  changing: 'changing',
  deployed: 'deployed',
  taken: 'names taken',
}

export const exampleTones: Readonly<Record<ExampleState['kind'], State>> = {
  'not deployed': 'off',
  partly: 'warn',
  changing: 'busy',
  deployed: 'ok',
  taken: 'warn',
}
