import type { ServiceNode } from '@/lib/topology/model'
import { toUrlHost } from '../address'
import { portsOf } from '../preset'
import type { Callable } from '../run-attempt'
import type { ErrorKind } from '../trip'

/** Where a call from a task goes, by name or to one address. */
export type TaskPlace = {
  /** As it stands in the URL. */
  readonly host: string
  readonly port: number
  readonly hostHeader: string
  /** The instance that was picked; null: the task itself finds out. */
  readonly picked: Callable | null
}

export type NoPlace = { readonly kind: ErrorKind; readonly message: string }

const headerOf = (host: string, port: number): string => (port === 80 ? host : `${host}:${port}`)

const byName = (name: string, port: number): TaskPlace => ({
  host: name,
  port,
  hostHeader: headerOf(name, port),
  picked: null,
})

/** By Service Connect: the alias of one of the service's endpoints. */
export function placeByAlias({ name, connect }: ServiceNode, port: number | null): TaskPlace | NoPlace {
  const endpoints = connect?.endpoints ?? []
  const endpoint = port === null ? endpoints[0] : endpoints.find((one) => one.port === port)
  if (endpoint) return byName(endpoint.alias, endpoint.port)
  return {
    kind: 'resolve',
    message:
      port === null || endpoints.length === 0
        ? `${name} offers no Service Connect alias.`
        : `${name} offers no Service Connect alias on port ${port}.`,
  }
}

/** By DNS: the service's name in its namespace, asked where the task asks. */
export function placeByDns(service: ServiceNode, port: number | null): TaskPlace | NoPlace {
  const name = service.discovery?.dnsName ?? null
  if (name === null) return { kind: 'resolve', message: `${service.name} has no DNS name.` }
  const known = port ?? portsOf(service)[0] ?? null
  return known === null
    ? { kind: 'no-port', message: 'Neither the registration nor the task definition names a port.' }
    : byName(name, known)
}

/** To an address that was discovered and checked; the name goes along as the `Host` header. */
export function placeAt(picked: Callable, name: string | null): TaskPlace {
  const address = toUrlHost(picked.address)
  return { host: address, port: picked.port, hostHeader: headerOf(name ?? address, picked.port), picked }
}
