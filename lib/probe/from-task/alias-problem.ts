import { whyUnresolved } from '@/lib/topology/aliases'
import type { ServiceNode } from '@/lib/topology/model'

/** Why tasks of `caller` cannot call `service` by its Service Connect alias; null: nothing that the map knows speaks against it. */
export function aliasProblem(caller: ServiceNode, service: ServiceNode, port: number | null): string | null {
  const endpoints = service.connect?.endpoints ?? []
  const endpoint = (port === null ? undefined : endpoints.find((one) => one.port === port)) ?? endpoints[0]
  if (!endpoint || caller.id === service.id) return null
  const namespaceArn = service.connect?.namespaceArn ?? null
  return whyUnresolved(caller, { ...endpoint, node: service, namespaceArn }, endpoint.alias)
}
