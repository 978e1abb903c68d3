import { makeInstanceId } from '@/lib/topology/ids'
import type { ServiceNode } from '@/lib/topology/model'
import { canonicalAddress } from './address'
import { instanceAt } from './answerer'
import type { Found, FoundAddress } from './found'
import { type OwnListener, type Reach, refusalOf } from './guard'
import type { Candidate } from './trip'

/** What does not depend on the service that is called. */
export type Surroundings = {
  readonly targetIsLocal: boolean
  readonly ownListeners: readonly OwnListener[]
  readonly ownAddresses: ReadonlySet<string>
}

const canonicalOf = (addresses: readonly (string | null)[]): ReadonlySet<string> =>
  new Set(
    addresses.flatMap((address) => {
      const canonical = address === null ? null : canonicalAddress(address)
      return canonical === null ? [] : [canonical]
    }),
  )

/**
 * What a call to this service may reach: the addresses that ECS and Cloud Map returned for it and the ports that it
 * names, nothing else. DNS adds nothing here; its answers are held against this.
 */
export const reachOf = (service: ServiceNode, discovered: Found | null, around: Surroundings): Reach => {
  const registered = discovered?.addresses ?? []
  const ports = [
    ...service.ports.filter(({ protocol }) => protocol !== 'udp').map(({ port }) => port),
    ...service.instances.map(({ port }) => port),
    ...registered.map(({ port }) => port),
  ]
  return {
    ...around,
    instanceAddresses: canonicalOf([
      ...service.instances.map(({ address }) => address),
      ...registered.map(({ address }) => address),
    ]),
    ports: new Set(ports.filter((port) => port !== null)),
  }
}

/** The addresses ECS gave to the running tasks: the way to call a service that has no name. */
export const foundInTasks = (service: ServiceNode): Found => ({
  addresses: service.instances.flatMap((instance): FoundAddress[] =>
    instance.address === null || instance.state === 'stopping' || instance.state === 'orphaned'
      ? []
      : [
          {
            address: instance.address,
            port: instance.port,
            health: instance.taskHealth,
            instanceId: instance.taskId,
          },
        ],
  ),
  failure: null,
  asked: 'ECS DescribeTasks',
  remark: null,
  server: null,
  ttlSeconds: null,
})

/** The port to call at an address: the one asked for, the one discovery says, the instance's, the service's first. */
const portFor = (found: FoundAddress, service: ServiceNode, asked: number | null): number | null => {
  if (asked !== null) return asked
  if (found.port !== null) return found.port
  const address = canonicalAddress(found.address)
  const instance = service.instances.find(
    (candidate) => candidate.address !== null && canonicalAddress(candidate.address) === address,
  )
  return instance?.port ?? service.ports.find(({ protocol }) => protocol !== 'udp')?.port ?? null
}

/** Every address that was found, each checked; doubles left out. */
export const checkedCandidates = (
  found: Found,
  service: ServiceNode,
  reach: Reach,
  askedPort: number | null,
): readonly Candidate[] => {
  const seen = new Set<string>()
  return found.addresses.flatMap((item): Candidate[] => {
    const address = canonicalAddress(item.address) ?? item.address.slice(0, 100)
    const port = portFor(item, service, askedPort)
    const key = `${address} ${port}`
    if (seen.has(key)) return []
    seen.add(key)
    const known = port === null ? null : instanceAt(service.instances, address, port)
    // A task that Cloud Map returns before the map shows it has the task id as its instance id.
    const instanceId = known?.id ?? (item.instanceId === null ? null : makeInstanceId(item.instanceId))
    const refusal = port === null ? 'no port is known for it' : refusalOf(item.address, port, reach)
    return [{ address, port, health: item.health, instanceId, refusal }]
  })
}
