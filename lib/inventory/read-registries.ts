import 'server-only'
import {
  GetServiceCommand,
  ListServicesCommand,
  type ServiceDiscoveryClient,
  type ServiceSummary,
} from '@aws-sdk/client-servicediscovery'
import type { Cycle } from './cycle'
import { discoveryServiceFromCloudMap } from './from-cloud-map'
import { list } from './loose'
import { type Memory, makeMemory } from './memory'
import type { DiscoveryService, Hole, Namespace } from './model'

/** A discovery service without its instances. */
export type Registry = Omit<DiscoveryService, 'instances'>

/** Kept between readings. A discovery service never changes its namespace. */
export type RegistryMemory = {
  readonly byNamespace: Memory<readonly Registry[]>
  readonly namespaceOf: Map<string, string>
  /** Calls that listing by namespace took the last time; null before. */
  callsByNamespace: number | null
}

export const makeRegistryMemory = (): RegistryMemory => ({
  byNamespace: makeMemory(),
  namespaceOf: new Map(),
  callsByNamespace: null,
})

export type RegistrySource = {
  readonly client: ServiceDiscoveryClient
  readonly cycle: Cycle
  readonly memory: RegistryMemory
  readonly holes: Hole[]
}

/** By namespace id; `known` is false where they could not be read. */
export type Registries = ReadonlyMap<
  string,
  { readonly services: readonly Registry[]; readonly known: boolean }
>

const PAGE = 100

/**
 * Whether one list of everything is cheaper than one list for each namespace. Cloud Map cuts its pages before it filters (API reference,
 * ListServices), so a namespace of ten services may cost as many calls as the whole account; the one list does not say to which namespace
 * a service belongs, so it serves only those that are known.
 */
export const isOneListCheaper = (known: number, callsByNamespace: number | null): boolean =>
  callsByNamespace !== null && Math.ceil(Math.max(known, 1) / PAGE) < callsByNamespace

/** One listing of everything, shared out by what is known; null when that does not work this time. */
async function readAtOnce(
  source: RegistrySource,
  namespaces: readonly Namespace[],
): Promise<Registries | null> {
  const { client, cycle, memory } = source
  const { items, hole } = await cycle.pages(
    'servicediscovery:ListServices',
    null,
    (token) => client.send(new ListServicesCommand({ MaxResults: PAGE, NextToken: token })),
    (page) => ({ items: list(page.Services), token: page.NextToken }),
  )
  if (hole) return null
  const unknown = items.filter((raw) => raw.Id !== undefined && !memory.namespaceOf.has(raw.Id))
  if (unknown.length >= (memory.callsByNamespace ?? 0)) return null
  const placed = await Promise.all(unknown.map((raw) => place(source, raw)))
  if (placed.includes(false)) return null

  const byNamespace = new Map<string, Registry[]>(namespaces.map((namespace) => [namespace.id, []]))
  for (const raw of items) {
    const namespaceId = memory.namespaceOf.get(raw.Id ?? '')
    const services = namespaceId === undefined ? undefined : byNamespace.get(namespaceId)
    const service = namespaceId === undefined ? null : discoveryServiceFromCloudMap(raw, namespaceId)
    if (service) services?.push(service)
  }
  forgetGone(memory, new Set(items.map((raw) => raw.Id)))
  for (const [id, services] of byNamespace) memory.byNamespace.settle(id, services, null)
  memory.byNamespace.sweep()
  return new Map([...byNamespace].map(([id, services]) => [id, { services, known: true }]))
}

/** Learns to which namespace a new service belongs; false when that cannot be read now. */
async function place({ client, cycle, memory }: RegistrySource, raw: ServiceSummary): Promise<boolean> {
  const outcome = await cycle.call('servicediscovery:GetService', `service ${raw.Name ?? raw.Id}`, () =>
    client.send(new GetServiceCommand({ Id: raw.Id })),
  )
  // Deleted since it was listed.
  if (!outcome.ok) return outcome.hole.errorName === 'ServiceNotFound'
  const service = outcome.value.Service
  if (service?.Id && service.NamespaceId) memory.namespaceOf.set(service.Id, service.NamespaceId)
  return true
}

function forgetGone(memory: RegistryMemory, ids: ReadonlySet<string | undefined>) {
  for (const id of memory.namespaceOf.keys()) if (!ids.has(id)) memory.namespaceOf.delete(id)
}

async function readOne({ client, cycle, memory, holes }: RegistrySource, namespace: Namespace) {
  let calls = 0
  const { items, hole } = await cycle.pages(
    'servicediscovery:ListServices',
    `namespace ${namespace.name}`,
    (token) => {
      calls += 1
      return client.send(
        new ListServicesCommand({
          MaxResults: PAGE,
          NextToken: token,
          Filters: [{ Name: 'NAMESPACE_ID', Values: [namespace.id], Condition: 'EQ' }],
        }),
      )
    },
    (page) => ({ items: list(page.Services), token: page.NextToken }),
  )
  if (hole) holes.push(hole)
  const fresh = items
    .map((raw) => discoveryServiceFromCloudMap(raw, namespace.id))
    .filter((service) => service !== null)
  for (const service of fresh) memory.namespaceOf.set(service.id, namespace.id)
  const { value, known } = memory.byNamespace.settle(namespace.id, fresh, hole)
  return { id: namespace.id, services: value, known, calls: hole ? null : calls }
}

/** All discovery services of these namespaces, in as few calls as what is known allows. */
export async function readRegistries(
  source: RegistrySource,
  namespaces: readonly Namespace[],
): Promise<Registries> {
  const { memory } = source
  if (isOneListCheaper(memory.namespaceOf.size, memory.callsByNamespace)) {
    const everything = await readAtOnce(source, namespaces)
    if (everything) return everything
  }
  memory.namespaceOf.clear()
  const parts = await Promise.all(namespaces.map((namespace) => readOne(source, namespace)))
  const calls = parts.map((part) => part.calls)
  // Where a namespace could not be listed, what listing costs is not known, and its hole must be looked at again.
  memory.callsByNamespace = calls.includes(null)
    ? null
    : calls.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  memory.byNamespace.sweep()
  return new Map(parts.map((part) => [part.id, part]))
}
