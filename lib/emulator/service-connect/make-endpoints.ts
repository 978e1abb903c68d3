import { makeArn } from '../arn'
import type { Context } from '../context'
import { findNamespace } from '../ecs/clusters/namespace'
import { taskDefinitionByArn } from '../ecs/task-definitions/find-task-definition'
import type { NamespaceRecord } from '../state/cloud-map'
import type { ConnectEndpointRecord, DeploymentRecord, ServedEndpoint, ServiceRecord } from '../state/ecs'
import { freezeNames } from './freeze-names'
import { type ConnectEntry, readEntries } from './read-entries'

/** ECS marks what it manages. */
const managedTag = ['AmazonECSManaged', 'true'] as const

/**
 * Makes what Service Connect has in Cloud Map for a service that is deployed now: one API-only service for each entry, before
 * there is any task, or one bookkeeping service for a client. Gives what the deployment keeps of it, with the names that
 * exist at this moment, its own among them. Nothing while Service Connect is off.
 */
export function makeEndpoints(
  context: Context,
  service: ServiceRecord,
): Pick<DeploymentRecord, 'connect' | 'names'> {
  const configuration = service.settings.serviceConnectConfiguration
  const namespace = configuration?.enabled && findNamespace(context, configuration.namespace ?? '')
  const definition = taskDefinitionByArn(context.state.ecs, service.taskDefinitionArn)
  if (!namespace || !definition) return {}
  const entries = readEntries(configuration, definition.input.containerDefinitions, namespace.name)
  const served = entries.map((entry) => serve(context, service, namespace, entry))
  const clientEndpointId = served.length === 0 ? makeClient(context, service, namespace).id : undefined
  return {
    connect: { namespaceId: namespace.id, served, ...(clientEndpointId && { clientEndpointId }) },
    names: freezeNames(context.state.ecs.connectEndpoints.values(), namespace.id),
  }
}

function serve(
  context: Context,
  service: ServiceRecord,
  namespace: NamespaceRecord,
  entry: ConnectEntry,
): ServedEndpoint {
  const { alias, aliasPort, ...rest } = entry
  const { discoveryName, protocol, timeouts, tls } = entry
  const server = { alias: alias.toLowerCase(), port: aliasPort, discoveryName, protocol, timeouts, tls }
  const before = findOwn(
    context,
    service,
    namespace,
    (endpoint) => endpoint.server?.discoveryName === discoveryName,
  )
  const { id } = put(context, service, namespace, { id: before?.id, name: discoveryName, server })
  return { ...rest, endpointId: id, endpointArn: arnOf(context, id) }
}

function makeClient(
  context: Context,
  service: ServiceRecord,
  namespace: NamespaceRecord,
): ConnectEndpointRecord {
  const before = findOwn(context, service, namespace, ({ server }) => server === undefined)
  return (
    before ??
    put(context, service, namespace, { name: `aws-ecs-sc.client.${context.ids.uuid()}.${service.name}` })
  )
}

/** An endpoint that this service has in the namespace already, and that nobody has deleted from Cloud Map. */
function findOwn(
  { state }: Context,
  service: ServiceRecord,
  namespace: NamespaceRecord,
  fits: (endpoint: ConnectEndpointRecord) => boolean,
): ConnectEndpointRecord | undefined {
  for (const { id } of service.connectEndpoints ?? []) {
    const endpoint = state.ecs.connectEndpoints.get(id)
    if (endpoint?.namespaceId === namespace.id && fits(endpoint) && state.cloudMap.services.has(id))
      return endpoint
  }
  return undefined
}

function put(
  context: Context,
  service: ServiceRecord,
  { id: namespaceId }: NamespaceRecord,
  {
    id = `srv-${context.ids.alphanumeric(16)}`,
    name,
    server,
  }: {
    readonly id?: string | undefined
    readonly name: string
    readonly server?: ConnectEndpointRecord['server']
  },
): ConnectEndpointRecord {
  const { cloudMap, ecs } = context.state
  if (!cloudMap.services.has(id)) {
    const arn = arnOf(context, id)
    cloudMap.services.set(id, {
      id,
      arn,
      name,
      namespaceId,
      type: 'HTTP',
      description: `Managed by ${service.arn}`,
      dnsRecords: [],
      healthCheckCustom: false,
      attributes: new Map(),
      createdAtMs: context.clock.now(),
      revision: 1,
      instances: new Map(),
    })
    cloudMap.tags.set(arn, new Map([managedTag]))
  }
  const endpoint: ConnectEndpointRecord = {
    id,
    namespaceId,
    serviceArn: service.arn,
    clusterName: service.clusterName,
    serviceName: service.name,
    ...(server && { server }),
  }
  ecs.connectEndpoints.set(id, endpoint)
  service.connectEndpoints = [...(service.connectEndpoints ?? []).filter((one) => one.id !== id), { id }]
  return endpoint
}

const arnOf = ({ scope }: Context, id: string): string => makeArn('servicediscovery', scope, `service/${id}`)

/** Takes an endpoint and whatever is still registered in it out of Cloud Map. */
export function removeEndpoint(context: Context, service: ServiceRecord, id: string): void {
  const { cloudMap, ecs } = context.state
  const discovery = cloudMap.services.get(id)
  if (discovery) {
    for (const instance of discovery.instances.values()) instance.pendingHealth?.cancel()
    cloudMap.services.delete(id)
    cloudMap.tags.delete(discovery.arn)
  }
  ecs.connectEndpoints.delete(id)
  service.connectEndpoints = (service.connectEndpoints ?? []).filter((one) => one.id !== id)
  context.runtime.setInstances(id, [])
}
