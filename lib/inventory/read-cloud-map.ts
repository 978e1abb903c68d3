import 'server-only'
import {
  DiscoverInstancesCommand,
  GetInstancesHealthStatusCommand,
  ListInstancesCommand,
  ListNamespacesCommand,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import type { Cycle } from './cycle'
import {
  instanceFromDiscovery,
  instanceFromList,
  namespaceFromCloudMap,
  sortInstances,
} from './from-cloud-map'
import { list } from './loose'
import { type Memory, makeMemory } from './memory'
import type { DiscoveryInstance, DiscoveryService, Hole, Namespace } from './model'
import { makeRegistryMemory, type Registry, type RegistryMemory, readRegistries } from './read-registries'

/** Kept between readings. */
export type CloudMapMemory = {
  readonly namespaces: Memory<readonly Namespace[]>
  readonly registries: RegistryMemory
  readonly instances: Memory<readonly DiscoveryInstance[] | null>
  /** Until when DiscoverInstances is not asked, because the endpoint lacks it. */
  discoverLacksUntilMs: number
}

export const makeCloudMapMemory = (): CloudMapMemory => ({
  namespaces: makeMemory(),
  registries: makeRegistryMemory(),
  instances: makeMemory(),
  discoverLacksUntilMs: 0,
})

export type CloudMapReading = {
  readonly namespaces: readonly Namespace[]
  readonly discoveryServices: readonly DiscoveryService[]
  readonly holes: readonly Hole[]
  /** Set when not even namespaces could be listed; what is told then is what was known before. */
  readonly failure: Hole | null
}

const PAGE = 100
const MOST_INSTANCES = 1_000
const ASK_AGAIN_MS = 600_000

type Source = {
  readonly client: ServiceDiscoveryClient
  readonly cycle: Cycle
  readonly memory: CloudMapMemory
  readonly holes: Hole[]
  readonly nowMs: number
}

async function readNamespaces({ client, cycle, memory, holes }: Source) {
  const { items, hole } = await cycle.pages(
    'servicediscovery:ListNamespaces',
    null,
    (token) => client.send(new ListNamespacesCommand({ MaxResults: PAGE, NextToken: token })),
    (page) => ({ items: list(page.Namespaces), token: page.NextToken }),
  )
  if (hole) holes.push(hole)
  const fresh = items.map(namespaceFromCloudMap).filter((namespace) => namespace !== null)
  return { namespaces: memory.namespaces.settle('all', fresh, hole).value, hole }
}

type Instances = { readonly instances: readonly DiscoveryInstance[] | null; readonly hole: Hole | null }

const subjectOf = (service: Registry, namespace: Namespace) => `service ${service.name} in ${namespace.name}`

async function discover(
  { client, cycle }: Source,
  service: Registry,
  namespace: Namespace,
): Promise<Instances> {
  const outcome = await cycle.call('servicediscovery:DiscoverInstances', subjectOf(service, namespace), () =>
    client.send(
      new DiscoverInstancesCommand({
        NamespaceName: namespace.httpName,
        ServiceName: service.name,
        MaxResults: MOST_INSTANCES,
        HealthStatus: 'ALL',
      }),
    ),
  )
  // Deleted since it was listed.
  if (!outcome.ok && outcome.hole.errorName === 'ServiceNotFound') return { instances: [], hole: null }
  if (!outcome.ok) return { instances: null, hole: outcome.hole }
  const instances = list(outcome.value.Instances).map(instanceFromDiscovery)
  return { instances: sortInstances(instances.filter((instance) => instance !== null)), hole: null }
}

/** For endpoints that lack DiscoverInstances: the registrations and, where it is offered, their health. */
async function listInstances(
  { client, cycle }: Source,
  service: Registry,
  namespace: Namespace,
): Promise<Instances> {
  const subject = subjectOf(service, namespace)
  const listed = await cycle.pages(
    'servicediscovery:ListInstances',
    subject,
    (token) =>
      client.send(new ListInstancesCommand({ ServiceId: service.id, MaxResults: PAGE, NextToken: token })),
    (page) => ({ items: list(page.Instances), token: page.NextToken }),
  )
  if (listed.hole) return { instances: null, hole: listed.hole }
  const health: Record<string, string> = Object.create(null)
  const told =
    listed.items.length === 0 || service.healthCheck === 'none'
      ? null
      : await cycle.pages(
          'servicediscovery:GetInstancesHealthStatus',
          subject,
          (token) =>
            client.send(
              new GetInstancesHealthStatusCommand({
                ServiceId: service.id,
                MaxResults: PAGE,
                NextToken: token,
              }),
            ),
          (page) => ({ items: Object.entries(page.Status ?? {}), token: page.NextToken }),
        )
  for (const [id, status] of told?.items ?? []) health[id] = status
  const instances = listed.items
    .map((raw) => instanceFromList(raw, health))
    .filter((instance) => instance !== null)
  return { instances: sortInstances(instances), hole: told?.hole ?? null }
}

async function readInstances(
  source: Source,
  service: Registry,
  namespace: Namespace,
): Promise<DiscoveryService> {
  const { memory, holes, nowMs } = source
  let reading: Instances | null = null
  if (nowMs >= memory.discoverLacksUntilMs) {
    reading = await discover(source, service, namespace)
    if (reading.hole?.kind === 'unsupported') {
      memory.discoverLacksUntilMs = nowMs + ASK_AGAIN_MS
      reading = null
    }
  }
  const { instances, hole } = reading ?? (await listInstances(source, service, namespace))
  if (hole) holes.push(hole)
  // Health alone may be missing; the instances themselves are fresh then.
  const lost = instances === null ? hole : null
  return { ...service, instances: memory.instances.settle(service.id, instances, lost).value }
}

/** All namespaces, discovery services and instances. Depth three: namespaces, then services, then instances. */
export async function readCloudMap(
  client: ServiceDiscoveryClient,
  cycle: Cycle,
  memory: CloudMapMemory,
  nowMs: number,
): Promise<CloudMapReading> {
  const holes: Hole[] = []
  const source: Source = { client, cycle, memory, holes, nowMs }
  const { namespaces, hole } = await readNamespaces(source)
  const registries = await readRegistries({ client, cycle, memory: memory.registries, holes }, namespaces)
  const parts = await Promise.all(
    namespaces.map(async (namespace) => {
      const { services, known } = registries.get(namespace.id) ?? { services: [], known: false }
      const discoveryServices = await Promise.all(
        services.map((service) => readInstances(source, service, namespace)),
      )
      return { namespace: { ...namespace, servicesRead: known }, discoveryServices }
    }),
  )
  memory.instances.sweep()
  return {
    namespaces: parts.map((part) => part.namespace),
    discoveryServices: parts.flatMap((part) => part.discoveryServices),
    holes,
    failure: hole,
  }
}
