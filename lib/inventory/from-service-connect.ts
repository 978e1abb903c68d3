import type { Deployment, ServiceConnectService, ServiceConnectServiceResource } from '@aws-sdk/client-ecs'
import { count, countOrNull, list, text, textOrNull } from './loose'
import type { ServiceConnectConfig, ServiceConnectEndpoint } from './model'

const formats = ['TEXT', 'JSON'] as const

function endpointFromEcs(
  raw: ServiceConnectService,
  resources: readonly ServiceConnectServiceResource[],
): ServiceConnectEndpoint | null {
  const portName = text(raw.portName)
  const discoveryName = textOrNull(raw.discoveryName) ?? portName
  if (!discoveryName) return null
  const resource = resources.find((candidate) => candidate.discoveryName === discoveryName)
  return {
    portName,
    discoveryName,
    discoveryArn: textOrNull(resource?.discoveryArn),
    aliases: list(raw.clientAliases).map((alias) => ({
      port: count(alias.port),
      dnsName: textOrNull(alias.dnsName)?.toLowerCase() ?? null,
    })),
    ingressPort: countOrNull(raw.ingressPortOverride),
    idleTimeoutSeconds: countOrNull(raw.timeout?.idleTimeoutSeconds),
    perRequestTimeoutSeconds: countOrNull(raw.timeout?.perRequestTimeoutSeconds),
    tls: raw.tls !== undefined && raw.tls !== null,
  }
}

/** What a deployment has of Service Connect; null: none, or `enabled` is not true. */
export function serviceConnectFromEcs(
  raw: Pick<Deployment, 'serviceConnectConfiguration' | 'serviceConnectResources'>,
): ServiceConnectConfig | null {
  const config = raw.serviceConnectConfiguration
  if (config?.enabled !== true) return null
  const resources = list(raw.serviceConnectResources)
  return {
    namespace: textOrNull(config.namespace),
    services: list(config.services)
      .map((service) => endpointFromEcs(service, resources))
      .filter((endpoint) => endpoint !== null),
    logDriver: textOrNull(config.logConfiguration?.logDriver),
    accessLogFormat: formats.find((format) => format === config.accessLogConfiguration?.format) ?? null,
  }
}
