import type { NamespaceRecord, NamespaceType } from '../state/cloud-map'
import { checkLength, checkRange, invalidInput } from './check'

/** Route 53's default for the SOA of a namespace's zone, which is how long "no such name" is remembered. */
export const defaultSoaTtlSeconds = 15
export const maxTtlSeconds = 2_147_483_647

/** Names of namespaces by type (Cloud Map API reference, "Create…Namespace"). Throws `InvalidInput`. */
export function checkNamespaceName(type: NamespaceType, name: string): void {
  checkLength('Name', name, 1, type === 'HTTP' ? 1024 : 253)
  if (name.startsWith('arn:') || !/^[!-~]+$/.test(name)) {
    throw invalidInput(
      'Name must consist of printable ASCII characters without spaces and not start with arn:.',
    )
  }
  if (type === 'HTTP') return
  if (!isDnsName(name)) {
    throw invalidInput(
      `Name ${JSON.stringify(name)} is not a DNS name: labels of 1 to 63 letters, digits, _ and -, joined by dots.`,
    )
  }
  if (type === 'DNS_PUBLIC' && !/^[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+$/.test(name)) {
    throw invalidInput(`Name ${JSON.stringify(name)} of a public DNS namespace must have at least one dot.`)
  }
}

const isDnsName = (name: string): boolean =>
  name.split('.').every((label) => /^[a-zA-Z0-9_-]{1,63}$/.test(label))

/** Throws `InvalidInput`. */
export function checkSoaTtl(ttl: number | undefined): void {
  if (ttl !== undefined) checkRange('Properties.DnsProperties.SOA.TTL', ttl, 0, maxTtlSeconds)
}

/** Whether two hosted zones of one VPC would hold the same names. */
function zonesOverlap(a: string, b: string): boolean {
  const [one, other] = [`.${a.toLowerCase()}`, `.${b.toLowerCase()}`]
  return one.endsWith(other) || other.endsWith(one)
}

/** The zone already associated with the VPC that stands in the way of a new private one, if any. */
export function findOverlap(
  namespaces: Iterable<NamespaceRecord>,
  name: string,
  vpcId: string,
): NamespaceRecord | undefined {
  for (const namespace of namespaces) {
    if (namespace.type !== 'DNS_PRIVATE' || namespace.vpcId !== vpcId) continue
    if (zonesOverlap(namespace.name, name)) return namespace
  }
  return undefined
}
