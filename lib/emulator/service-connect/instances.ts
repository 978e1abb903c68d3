import type { Context } from '../context'
import { reachedPort } from '../runtime/low-ports'
import type { DiscoveryServiceRecord } from '../state/cloud-map'
import type { EndpointInstance } from './proxy-spec'

/** The instances of an endpoint as proxies reach them; those without an address and a port are none. */
export function endpointInstances(
  { instances }: Pick<DiscoveryServiceRecord, 'instances'>,
  lowestPort: number,
): EndpointInstance[] {
  const reached: EndpointInstance[] = []
  for (const { id, attributes } of instances.values()) {
    const address = attributes.AWS_INSTANCE_IPV4
    const port = Number(attributes.AWS_INSTANCE_PORT)
    if (address && Number.isInteger(port) && port > 0)
      reached.push({ instanceId: id, address, port: reachedPort(port, lowestPort) })
  }
  return reached
}

/** Tells the proxies what is behind an endpoint now; nothing for a service that is none of Service Connect's. */
export function tellProxies(
  { state, runtime }: Pick<Context, 'state' | 'runtime'>,
  service: DiscoveryServiceRecord,
): void {
  if (!state.ecs.connectEndpoints.has(service.id)) return
  runtime.setInstances(service.id, endpointInstances(service, runtime.lowestPort))
}

/** The same of every endpoint of a region, for proxies that know of none yet. */
export function tellAllProxies(context: Pick<Context, 'state' | 'runtime'>): void {
  const { ecs, cloudMap } = context.state
  for (const id of ecs.connectEndpoints.keys()) {
    const service = cloudMap.services.get(id)
    if (service) tellProxies(context, service)
  }
}
