import type { ContainerDefinition, PortMapping, ServiceConnectService } from '@aws-sdk/client-ecs'
import { type ConnectEntry, protocolOf } from '../../service-connect/read-entries'
import { invalidParameter } from '../errors'

/** ECS API reference, "ServiceConnectService" and "ServiceConnectClientAlias". */
const discoveryNamePattern = /^[a-z0-9_][a-z0-9_-]{0,63}$/
const dnsNamePattern = /^[a-z0-9_.-]{1,127}$/

/** One entry by itself, with the port it names. Throws `InvalidParameterException`. */
export function checkConnectEntry(entry: ServiceConnectService, port: PortMapping | undefined): void {
  const { portName, discoveryName, clientAliases = [], ingressPortOverride, timeout, tls } = entry
  if (port?.containerPort === undefined)
    throw invalidParameter(
      `portName(${portName}) does not refer to any named PortMapping in the container definitions`,
    )
  if (port.protocol === 'udp')
    throw invalidParameter(`portName(${portName}) is a UDP port; Service Connect carries TCP only.`)
  if (discoveryName !== undefined && !discoveryNamePattern.test(discoveryName))
    throw invalidParameter(
      `Invalid discoveryName '${discoveryName}': up to 64 lowercase letters, digits, underscores and hyphens, and no hyphen first.`,
    )
  if (clientAliases.length > 1)
    throw invalidParameter(`portName(${portName}) can have at most 1 client alias.`)
  for (const { port: aliasPort, dnsName } of clientAliases) {
    checkPort(aliasPort, `the client alias of portName(${portName})`)
    if (dnsName !== undefined && !dnsNamePattern.test(dnsName))
      throw invalidParameter(
        `Invalid dnsName '${dnsName}' of portName(${portName}): up to 127 lowercase letters, digits, underscores, hyphens and dots.`,
      )
  }
  if (ingressPortOverride !== undefined)
    checkPort(ingressPortOverride, `ingressPortOverride of portName(${portName})`)
  const { idleTimeoutSeconds, perRequestTimeoutSeconds } = timeout ?? {}
  checkSeconds(idleTimeoutSeconds, 'idleTimeoutSeconds')
  checkSeconds(perRequestTimeoutSeconds, 'perRequestTimeoutSeconds')
  if (perRequestTimeoutSeconds !== undefined && protocolOf(port) === 'tcp')
    throw invalidParameter(
      `perRequestTimeoutSeconds is not supported for portName(${portName}): its protocol is TCP. Set appProtocol in the task definition.`,
    )
  if (tls && !tls.issuerCertificateAuthority)
    throw invalidParameter(`The tls of portName(${portName}) needs an issuerCertificateAuthority.`)
}

function checkPort(port: number | undefined, what: string): void {
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535)
    throw invalidParameter(`Invalid port ${port} in ${what}: 1 to 65535.`)
}

function checkSeconds(seconds: number | undefined, what: string): void {
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 0 || seconds > 2_147_483_647))
    throw invalidParameter(`Invalid ${what} ${seconds}: a whole number of seconds, 0 for none.`)
}

/** Entries of one configuration beside each other, and beside the other ports of the task. */
export function checkConnectPorts(
  entries: readonly ConnectEntry[],
  containers: readonly ContainerDefinition[],
): void {
  const seen = new Set<string>()
  const once = (key: string, message: string): void => {
    if (seen.has(key)) throw invalidParameter(message)
    seen.add(key)
  }
  const ports = new Set(
    containers.flatMap(({ portMappings = [] }) => portMappings.map(({ containerPort }) => containerPort)),
  )
  for (const { portName, discoveryName, alias, aliasPort, ingressPort, containerPort } of entries) {
    once(`port ${portName}`, `portName(${portName}) is used by more than one entry of services.`)
    once(`name ${discoveryName}`, `The discoveryName ${discoveryName} is used twice.`)
    once(`alias ${alias.toLowerCase()}:${aliasPort}`, `The client alias ${alias}:${aliasPort} is used twice.`)
    once(`ingress ${ingressPort}`, `ingressPortOverride ${ingressPort} is used twice.`)
    if (ingressPort !== containerPort && ports.has(ingressPort))
      throw invalidParameter(
        `ingressPortOverride ${ingressPort} of portName(${portName}) is a container port of the task already.`,
      )
  }
}
