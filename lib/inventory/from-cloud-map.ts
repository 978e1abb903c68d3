import type {
  HttpInstanceSummary,
  InstanceSummary,
  NamespaceSummary,
  ServiceSummary,
} from '@aws-sdk/client-servicediscovery'
import { count, countOrNull, list, text, textMap, textOrNull, timeOrNull } from './loose'
import type { DiscoveryInstance, DiscoveryService, Namespace } from './model'

const namespaceTypes = ['HTTP', 'DNS_PRIVATE', 'DNS_PUBLIC'] as const

/** null: no id. An unknown type is shown as HTTP: it promises no DNS. */
export function namespaceFromCloudMap(raw: NamespaceSummary): Namespace | null {
  const id = text(raw.Id)
  if (!id) return null
  const name = textOrNull(raw.Name) ?? id
  return {
    id,
    arn: text(raw.Arn),
    name,
    type: namespaceTypes.find((type) => type === raw.Type) ?? 'HTTP',
    httpName: textOrNull(raw.Properties?.HttpProperties?.HttpName) ?? name,
    servicesRead: true,
  }
}

/** What Service Connect writes as the description of a Cloud Map service, before the ARN of the ECS service. */
const MANAGED_BY = 'Managed by '

function managerIn(description: string | null): string | null {
  if (!description?.startsWith(MANAGED_BY)) return null
  const arn = description.slice(MANAGED_BY.length).trim()
  return arn.startsWith('arn:') ? arn : null
}

/** null: no id. The summary does not name its namespace (Cloud Map API reference), so the one asked is passed in. */
export function discoveryServiceFromCloudMap(
  raw: ServiceSummary,
  namespaceId: string,
): Omit<DiscoveryService, 'instances'> | null {
  const id = text(raw.Id)
  if (!id) return null
  const dnsRecords = list(raw.DnsConfig?.DnsRecords).map((record) => ({
    type: text(record.Type),
    ttlSeconds: count(record.TTL),
  }))
  const description = textOrNull(raw.Description)
  return {
    id,
    arn: text(raw.Arn),
    name: textOrNull(raw.Name) ?? id,
    namespaceId,
    description,
    dnsRecords,
    routingPolicy: textOrNull(raw.DnsConfig?.RoutingPolicy),
    healthCheck: raw.HealthCheckCustomConfig ? 'custom' : raw.HealthCheckConfig ? 'route53' : 'none',
    createdAtMs: timeOrNull(raw.CreateDate),
    managedBy: managerIn(description),
  }
}

const healthStates = ['HEALTHY', 'UNHEALTHY', 'UNKNOWN'] as const

function healthFrom(value: unknown): DiscoveryInstance['health'] {
  return healthStates.find((state) => state === value) ?? 'UNKNOWN'
}

function instanceFrom(id: string, rawAttributes: unknown, health: unknown): DiscoveryInstance {
  const attributes = textMap(rawAttributes)
  return {
    id,
    health: healthFrom(health),
    ipv4: textOrNull(attributes.AWS_INSTANCE_IPV4),
    ipv6: textOrNull(attributes.AWS_INSTANCE_IPV6),
    port: countOrNull(attributes.AWS_INSTANCE_PORT),
    cname: textOrNull(attributes.AWS_INSTANCE_CNAME),
    attributes,
  }
}

/** From DiscoverInstances. null: no id. */
export function instanceFromDiscovery(raw: HttpInstanceSummary): DiscoveryInstance | null {
  const id = text(raw.InstanceId)
  return id ? instanceFrom(id, raw.Attributes, raw.HealthStatus) : null
}

/** From ListInstances with the map of GetInstancesHealthStatus. null: no id. */
export function instanceFromList(
  raw: InstanceSummary,
  health: Readonly<Record<string, string>>,
): DiscoveryInstance | null {
  const id = text(raw.Id)
  return id ? instanceFrom(id, raw.Attributes, health[id]) : null
}

/** Cloud Map shuffles its answers on purpose; the map must not see a change in that. */
export function sortInstances(instances: readonly DiscoveryInstance[]): readonly DiscoveryInstance[] {
  return instances.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
