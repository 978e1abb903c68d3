import type { ContainerDefinition, PortMapping, ServiceConnectConfiguration } from '@aws-sdk/client-ecs'
import type { ProxyProtocol, ProxyTimeouts } from './proxy-spec'

/** One entry of `services`, with every default filled in. */
export type ConnectEntry = {
  readonly portName: string
  readonly discoveryName: string
  readonly alias: string
  readonly aliasPort: number
  readonly containerPort: number
  readonly ingressPort: number
  readonly protocol: ProxyProtocol
  readonly timeouts: ProxyTimeouts
  /** As configured, 0 where nothing was said. */
  readonly idleTimeoutSeconds: number
  readonly perRequestTimeoutSeconds: number
  readonly tls: boolean
}

/** ECS developer guide, "Service Connect": 5 minutes idle, an hour for TCP; 15 seconds per request. */
const idleMs = { tcp: 3_600_000, other: 300_000 } as const
const perRequestMs = 15_000

/** The named port of a task definition; undefined when no container has one of that name. */
export const namedPort = (
  containers: readonly ContainerDefinition[],
  portName: string | undefined,
): PortMapping | undefined =>
  containers
    .flatMap(({ portMappings = [] }) => portMappings)
    .find(({ name }) => name !== undefined && name === portName)

/** `http`, `http2` or `grpc`; TCP where the port names no application protocol. */
export const protocolOf = ({ appProtocol }: PortMapping): ProxyProtocol => appProtocol ?? 'tcp'

/**
 * What a configuration serves (ECS API reference, "ServiceConnectService"): the name is the alias, else
 * `<discoveryName>.<namespace>`; the discovery name is by default the port's name and the alias's port the container port.
 * Entries whose port does not exist are left out; `checkServiceConnect` refuses them.
 */
export function readEntries(
  { services = [] }: ServiceConnectConfiguration,
  containers: readonly ContainerDefinition[],
  namespaceName: string,
): ConnectEntry[] {
  return services.flatMap(({ portName, discoveryName, clientAliases, ingressPortOverride, timeout, tls }) => {
    const port = namedPort(containers, portName)
    if (portName === undefined || port?.containerPort === undefined) return []
    const name = discoveryName ?? portName
    const protocol = protocolOf(port)
    const [alias] = clientAliases ?? []
    return [
      {
        portName,
        discoveryName: name,
        alias: alias?.dnsName ?? `${name}.${namespaceName}`,
        aliasPort: alias?.port ?? port.containerPort,
        containerPort: port.containerPort,
        ingressPort: ingressPortOverride ?? port.containerPort,
        protocol,
        timeouts: timeoutsOf(protocol, timeout ?? {}),
        idleTimeoutSeconds: timeout?.idleTimeoutSeconds ?? 0,
        perRequestTimeoutSeconds: timeout?.perRequestTimeoutSeconds ?? 0,
        tls: tls !== undefined,
      },
    ]
  })
}

const timeoutsOf = (
  protocol: ProxyProtocol,
  {
    idleTimeoutSeconds,
    perRequestTimeoutSeconds,
  }: { idleTimeoutSeconds?: number | undefined; perRequestTimeoutSeconds?: number | undefined },
): ProxyTimeouts => ({
  idleTimeoutMs:
    idleTimeoutSeconds === undefined
      ? idleMs[protocol === 'tcp' ? 'tcp' : 'other']
      : idleTimeoutSeconds * 1_000,
  perRequestTimeoutMs:
    protocol === 'tcp'
      ? 0
      : perRequestTimeoutSeconds === undefined
        ? perRequestMs
        : perRequestTimeoutSeconds * 1_000,
})
