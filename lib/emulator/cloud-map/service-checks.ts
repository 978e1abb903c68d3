import type { DnsRecord, HealthCheckConfig } from '@aws-sdk/client-servicediscovery'
import type { Context } from '../context'
import type { NamespaceRecord } from '../state/cloud-map'
import type { Wire } from '../wire/wire-type'
import { checkLength, checkRange, invalidInput } from './check'
import { maxTtlSeconds } from './namespace-checks'

/** Dots are allowed, as in `_http._tcp`; a single dot is the zone itself (Cloud Map API reference). */
const serviceNamePattern = /^(?:[a-zA-Z0-9_-]{1,63}(?:\.[a-zA-Z0-9_-]{1,63})*|\.)$/

/** Throws `InvalidInput`. */
export function checkServiceName(name: string): void {
  checkLength('Name', name, 1, 127)
  if (!serviceNamePattern.test(name)) {
    throw invalidInput(
      `Name ${JSON.stringify(name)} must be labels of 1 to 63 letters, digits, _ and -, joined by dots.`,
    )
  }
}

/** The sets of record types that a service may have (Cloud Map API reference, "DnsRecord"). */
const legalTypes = ['A', 'AAAA', 'A AAAA', 'CNAME', 'SRV']

/** Throws `InvalidInput` for a set of types that cannot be, a TTL out of range, or a type given twice. */
export function checkDnsRecords(records: readonly Wire<DnsRecord>[]): void {
  for (const { TTL } of records) checkRange('DnsConfig.DnsRecords[].TTL', TTL ?? -1, 0, maxTtlSeconds)
  if (records.length === 0) return
  const types = records.map(({ Type }) => Type ?? '').sort()
  if (!legalTypes.includes(types.join(' '))) {
    throw invalidInput(
      `DnsConfig.DnsRecords may be A, AAAA, A and AAAA, SRV, or CNAME; ${types.join(' and ')} is none of these.`,
    )
  }
}

/** CNAME answers one value only. Throws `InvalidInput`. */
export function checkRouting(records: readonly Wire<DnsRecord>[], policy: string | undefined): void {
  if (policy === 'MULTIVALUE' && records.some(({ Type }) => Type === 'CNAME')) {
    throw invalidInput('DnsConfig.RoutingPolicy must be WEIGHTED for a CNAME record.')
  }
}

/**
 * Throws `InvalidInput`. Route 53 checks endpoints from the internet, so AWS refuses a check in a private namespace;
 * the local cloud can reach its own addresses and honours it unless it is strict.
 */
export function checkHealthCheck(
  context: Context,
  namespace: NamespaceRecord,
  config: Wire<HealthCheckConfig>,
  records: readonly Wire<DnsRecord>[],
): void {
  if (config.FailureThreshold !== undefined) {
    checkRange('HealthCheckConfig.FailureThreshold', config.FailureThreshold, 1, 10)
  }
  if (config.ResourcePath !== undefined) {
    checkLength('HealthCheckConfig.ResourcePath', config.ResourcePath, 0, 255)
    if (config.Type === 'TCP') {
      throw invalidInput('HealthCheckConfig.ResourcePath cannot be given for the type TCP.')
    }
  }
  if (records.some(({ Type }) => Type === 'CNAME')) {
    throw invalidInput('HealthCheckConfig cannot be combined with a CNAME record.')
  }
  if (namespace.type !== 'DNS_PRIVATE') return
  const refusal =
    'HealthCheckConfig cannot be used in a private DNS namespace (Route 53 reaches public endpoints only); use HealthCheckCustomConfig.'
  if (context.config.strict) throw invalidInput(refusal)
  context.log(
    'warn',
    `Honoured, but AWS would answer InvalidInput: ${refusal} (namespace ${namespace.name}; --strict refuses)`,
  )
}
