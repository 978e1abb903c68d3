import type { WithRefs } from '../../plan/command'
import type { ConnectEndpoint, ConnectWish } from '../inputs/service-connect'
import type { ConnectSettings } from '../world'

type Service = NonNullable<ConnectSettings['services']>[number]
type OnWish = Exclude<ConnectWish, { mode: 'off' }>
export type WantedSettings = WithRefs<ConnectSettings>

/** One entry; what the form does not know of the entry before (TLS, rules for test traffic) stays. */
function serviceOf(endpoint: ConnectEndpoint, before: Service | undefined): Service {
  const { portName, discoveryName, aliasDnsName, aliasPort, ingressPort } = endpoint
  const rules = before?.clientAliases?.[0]?.testTrafficRules
  const timeout = {
    ...(endpoint.idleTimeoutSeconds === null ? {} : { idleTimeoutSeconds: endpoint.idleTimeoutSeconds }),
    ...(endpoint.perRequestTimeoutSeconds === null
      ? {}
      : { perRequestTimeoutSeconds: endpoint.perRequestTimeoutSeconds }),
  }
  return {
    portName,
    ...(discoveryName === '' ? {} : { discoveryName }),
    clientAliases: [
      {
        port: aliasPort,
        ...(aliasDnsName === '' ? {} : { dnsName: aliasDnsName }),
        ...(rules === undefined ? {} : { testTrafficRules: rules }),
      },
    ],
    ...(ingressPort === null ? {} : { ingressPortOverride: ingressPort }),
    ...(Object.keys(timeout).length === 0 ? {} : { timeout }),
    ...(before?.tls === undefined ? {} : { tls: before.tls }),
  }
}

function logsOf({ logs }: OnWish, before: ConnectSettings | null) {
  switch (logs.kind) {
    case 'none':
      return {}
    case 'kept':
      return before?.logConfiguration === undefined ? {} : { logConfiguration: before.logConfiguration }
    case 'awslogs':
      return {
        logConfiguration: {
          logDriver: 'awslogs' as const,
          options: {
            'awslogs-group': logs.group,
            'awslogs-region': logs.region,
            'awslogs-stream-prefix': logs.streamPrefix,
            ...(logs.createGroup ? { 'awslogs-create-group': 'true' } : {}),
          },
        },
      }
  }
}

/** `serviceConnectConfiguration` for a wish; `before`: what the service has, or null. */
export function settingsFor(
  wish: OnWish,
  namespace: WithRefs<string>,
  before: ConnectSettings | null,
): WantedSettings {
  const logs = logsOf(wish, before)
  return {
    enabled: true,
    namespace,
    ...(wish.mode === 'client'
      ? {}
      : {
          services: wish.endpoints.map((endpoint) =>
            serviceOf(
              endpoint,
              before?.services?.find(({ portName }) => portName === endpoint.portName),
            ),
          ),
        }),
    ...logs,
    ...(wish.accessLogs === 'off' || !('logConfiguration' in logs)
      ? {}
      : {
          accessLogConfiguration: {
            format: wish.accessLogs,
            ...(wish.includeQueryParameters ? { includeQueryParameters: 'ENABLED' as const } : {}),
          },
        }),
    ...(before?.containerConfigurations === undefined
      ? {}
      : { containerConfigurations: before.containerConfigurations }),
  }
}

/** Client only, in a namespace; for services that are moved along. */
export const clientSettings = (namespace: WithRefs<string>): WantedSettings => ({ enabled: true, namespace })

/** What UpdateService is sent to bring a service back to what it had. */
export const backTo = (before: ConnectSettings | null): ConnectSettings => before ?? { enabled: false }

type Plain = ConnectSettings | WantedSettings

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, item]) => item !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, item]) => [name, sorted(item)]),
        )
      : value

/** Whether two settings mean the same: AWS may tell defaults that a request left out. */
export function meansSame(one: Plain | null, other: Plain | null, namespaceName: string): boolean {
  const meaning = (settings: Plain | null) =>
    settings?.enabled === true
      ? JSON.stringify(
          sorted({
            ...settings,
            services: (settings.services ?? []).map(({ discoveryName, clientAliases, ...rest }) => {
              const name = discoveryName ?? rest.portName
              return {
                ...rest,
                discoveryName: name,
                clientAliases: (clientAliases ?? []).map((alias) => ({
                  ...alias,
                  dnsName: alias.dnsName ?? `${String(name)}.${namespaceName}`.toLowerCase(),
                })),
              }
            }),
            accessLogConfiguration: settings.accessLogConfiguration && {
              includeQueryParameters: 'DISABLED',
              ...settings.accessLogConfiguration,
            },
          }),
        )
      : 'off'
  return meaning(one) === meaning(other)
}
