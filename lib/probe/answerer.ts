import type { InstanceNode } from '@/lib/topology/model'
import { canonicalAddress } from './address'
import { addressOfHostname, canBeMatched, meansInstance } from './hostname-claim'

/** Who stands behind a called address, and whether the answer itself says the same. */
export type Answerer = {
  readonly instance: InstanceNode | null
  /** true: its own hostname agrees. false: it names somebody else. null: it names nobody that can be matched. */
  readonly confirmed: boolean | null
}

/**
 * The instance with this address. Tasks that share a host's address (bridge and host network mode) are told apart by
 * port; when that is not enough, nobody is named rather than the wrong one.
 */
export const instanceAt = (
  instances: readonly InstanceNode[],
  address: string,
  port: number,
): InstanceNode | null => {
  const here = instances.filter(
    (instance) => instance.address !== null && canonicalAddress(instance.address) === address,
  )
  if (here.length <= 1) return here[0] ?? null
  const byPort = here.filter((instance) => instance.port === port)
  return byPort.length === 1 ? (byPort[0] ?? null) : null
}

/**
 * Which instance answered: found by the address that was called, confirmed by the hostname in the answer.
 * The address is what we know; the hostname is what the answer claims, so it never changes who is named, it only
 * confirms, contradicts, or tells apart instances that share one address.
 */
export const answererOf = (
  instances: readonly InstanceNode[],
  address: string,
  port: number,
  hostname: string | null,
): Answerer => {
  const instance = instanceAt(instances, address, port)
  if (hostname === null || !canBeMatched(hostname, instances)) return { instance, confirmed: null }
  if (instance) return { instance, confirmed: meansInstance(hostname, instance) }
  const claimed = instances.filter(
    (candidate) =>
      candidate.address !== null &&
      canonicalAddress(candidate.address) === address &&
      meansInstance(hostname, candidate),
  )
  const saidAddress = addressOfHostname(hostname)
  return {
    instance: claimed.length === 1 ? (claimed[0] ?? null) : null,
    confirmed: saidAddress !== null && saidAddress !== address ? false : null,
  }
}
