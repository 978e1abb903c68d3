import { isIPv4, isIPv6 } from 'node:net'
import type { DiscoveryServiceRecord, NamespaceRecord } from '../state/cloud-map'
import { checkLength, invalidInput } from './check'

/** Cloud Map's own attributes; every other key is the caller's (Cloud Map API reference, "RegisterInstance"). */
const reserved = new Set([
  'AWS_ALIAS_DNS_NAME',
  'AWS_EC2_INSTANCE_ID',
  'AWS_INIT_HEALTH_STATUS',
  'AWS_INSTANCE_CNAME',
  'AWS_INSTANCE_IPV4',
  'AWS_INSTANCE_IPV6',
  'AWS_INSTANCE_PORT',
])
const maxCustomAttributes = 30
const maxAttributeCharacters = 5_000

type Attributes = Readonly<Record<string, string>>
type ServiceShape = Pick<
  DiscoveryServiceRecord,
  'dnsRecords' | 'routingPolicy' | 'healthCheckConfig' | 'healthCheckCustom'
>

/** Throws `InvalidInput`. */
export function checkInstanceId(instanceId: string): void {
  checkLength('InstanceId', instanceId, 1, 64)
  if (!/^[0-9a-zA-Z_/:.@-]+$/.test(instanceId)) {
    throw invalidInput('InstanceId may hold letters, digits and _ / : . @ - only.')
  }
}

/** Sizes and forms, then what the service's records and checks need. Throws `InvalidInput`. */
export function checkAttributes(
  attributes: Attributes,
  service: ServiceShape,
  namespace: Pick<NamespaceRecord, 'type'>,
): void {
  checkSizes(attributes)
  checkForms(attributes)
  checkAlias(attributes, service)
  checkEc2(attributes, namespace)
  checkInitHealth(attributes, service)
  if (attributes.AWS_ALIAS_DNS_NAME === undefined && attributes.AWS_EC2_INSTANCE_ID === undefined) {
    checkRequired(attributes, service)
  }
}

function checkSizes(attributes: Attributes): void {
  let characters = 0
  let custom = 0
  for (const [key, value] of Object.entries(attributes)) {
    checkLength('Attributes: key', key, 1, 255)
    checkLength(`Attributes.${key}`, value, 0, 1024)
    if (!/^[!-~]+$/.test(key)) {
      throw invalidInput('Attributes: keys must be printable ASCII characters without spaces.')
    }
    if (!reserved.has(key)) custom += 1
    characters += key.length + value.length
  }
  if (custom > maxCustomAttributes) {
    throw invalidInput(`Attributes may hold ${maxCustomAttributes} custom keys; ${custom} were given.`)
  }
  if (characters > maxAttributeCharacters) {
    throw invalidInput(
      `Attributes may hold ${maxAttributeCharacters} characters in all keys and values; ${characters} were given.`,
    )
  }
}

function checkForms(attributes: Attributes): void {
  const { AWS_INSTANCE_IPV4: ipv4, AWS_INSTANCE_IPV6: ipv6, AWS_INSTANCE_PORT: port } = attributes
  if (ipv4 !== undefined && !isIPv4(ipv4)) {
    throw invalidInput(`Attributes.AWS_INSTANCE_IPV4 ${JSON.stringify(ipv4)} is not an IPv4 address.`)
  }
  if (ipv6 !== undefined && !isIPv6(ipv6)) {
    throw invalidInput(`Attributes.AWS_INSTANCE_IPV6 ${JSON.stringify(ipv6)} is not an IPv6 address.`)
  }
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw invalidInput(`Attributes.AWS_INSTANCE_PORT ${JSON.stringify(port)} is not a port from 0 to 65535.`)
  }
}

function checkAlias(attributes: Attributes, service: ServiceShape): void {
  if (attributes.AWS_ALIAS_DNS_NAME === undefined) return
  const other = Object.keys(attributes).find((key) => key.startsWith('AWS_INSTANCE_'))
  if (other) throw invalidInput(`Attributes.AWS_ALIAS_DNS_NAME cannot be combined with ${other}.`)
  if (service.routingPolicy !== 'WEIGHTED' || !hasType(service, 'A', 'AAAA')) {
    throw invalidInput(
      'Attributes.AWS_ALIAS_DNS_NAME needs a service with A or AAAA records and the routing policy WEIGHTED.',
    )
  }
}

function checkEc2(attributes: Attributes, namespace: Pick<NamespaceRecord, 'type'>): void {
  if (attributes.AWS_EC2_INSTANCE_ID === undefined) return
  if (namespace.type !== 'HTTP') {
    throw invalidInput('Attributes.AWS_EC2_INSTANCE_ID can be used in HTTP namespaces only.')
  }
  const other = Object.keys(attributes).find(
    (key) => reserved.has(key) && key !== 'AWS_EC2_INSTANCE_ID' && key !== 'AWS_INIT_HEALTH_STATUS',
  )
  if (other) throw invalidInput(`Attributes.AWS_EC2_INSTANCE_ID cannot be combined with ${other}.`)
}

function checkInitHealth(attributes: Attributes, service: ServiceShape): void {
  const status = attributes.AWS_INIT_HEALTH_STATUS
  if (status === undefined) return
  if (status !== 'HEALTHY' && status !== 'UNHEALTHY') {
    throw invalidInput('Attributes.AWS_INIT_HEALTH_STATUS must be HEALTHY or UNHEALTHY.')
  }
  if (!service.healthCheckCustom) {
    throw invalidInput('Attributes.AWS_INIT_HEALTH_STATUS needs a service with HealthCheckCustomConfig.')
  }
}

function checkRequired(attributes: Attributes, service: ServiceShape): void {
  const needs = (key: string, reason: string) => {
    if (attributes[key] === undefined) throw invalidInput(`Attributes.${key} is required ${reason}.`)
  }
  if (hasType(service, 'A')) needs('AWS_INSTANCE_IPV4', 'by the A record of the service')
  if (hasType(service, 'AAAA')) needs('AWS_INSTANCE_IPV6', 'by the AAAA record of the service')
  if (hasType(service, 'CNAME')) needs('AWS_INSTANCE_CNAME', 'by the CNAME record of the service')
  if (hasType(service, 'SRV')) {
    needs('AWS_INSTANCE_PORT', 'by the SRV record of the service')
    if (attributes.AWS_INSTANCE_IPV4 === undefined && attributes.AWS_INSTANCE_IPV6 === undefined) {
      throw invalidInput('Attributes.AWS_INSTANCE_IPV4 or AWS_INSTANCE_IPV6 is required by the SRV record.')
    }
  }
  if (service.healthCheckConfig) {
    if (attributes.AWS_INSTANCE_IPV4 === undefined && attributes.AWS_INSTANCE_IPV6 === undefined) {
      throw invalidInput('Attributes.AWS_INSTANCE_IPV4 or AWS_INSTANCE_IPV6 is required by the health check.')
    }
    needs('AWS_INSTANCE_PORT', 'by the health check of the service')
  }
}

const hasType = (service: ServiceShape, ...types: readonly string[]): boolean =>
  service.dnsRecords.some(({ Type }) => Type !== undefined && types.includes(Type))
