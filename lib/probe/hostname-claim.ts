import { makeInstanceId } from '@/lib/topology/ids'
import type { InstanceNode } from '@/lib/topology/model'
import { canonicalAddress } from './address'

/** Response headers in which services commonly say who they are, most specific first. Lowercase. */
export const hostnameHeaders: readonly string[] = ['x-hostname', 'x-served-by', 'x-instance-id']

const asText = (value: unknown): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= 255 ? value : null

const fromJson = (body: string): string | null => {
  if (!body.trimStart().startsWith('{')) return null
  try {
    const parsed: unknown = JSON.parse(body)
    if (parsed === null || typeof parsed !== 'object') return null
    return 'hostname' in parsed ? asText(parsed.hostname) : null
  } catch (error) {
    // An answer that only looks like JSON names nobody; that is no failure of the call.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/**
 * The hostname that an answer gives itself: the top-level `hostname` of a JSON body, else a known header.
 *
 * @param headers names in lowercase
 */
export const readClaim = (headers: Readonly<Record<string, string>>, body: string): string | null =>
  fromJson(body) ?? asText(hostnameHeaders.map((name) => headers[name]).find((value) => value !== undefined))

/** `ip-10-0-1-54` and `ip-10-0-1-54.ec2.internal`, as EC2 and Fargate name hosts, to `10.0.1.54`; else null. */
export const addressOfHostname = (hostname: string): string | null => {
  const match = /^ip-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?:\.|$)/i.exec(hostname)
  return canonicalAddress(match ? match.slice(1).join('.') : hostname)
}

/** Whether a hostname means this instance: by its address, its task id, or its node id's last part. */
export const meansInstance = (hostname: string, instance: InstanceNode): boolean => {
  const address = addressOfHostname(hostname)
  if (address !== null) return instance.address !== null && canonicalAddress(instance.address) === address
  return hostname === instance.taskId || instance.id === makeInstanceId(hostname)
}

/** Whether a hostname is of a kind that can be matched at all: an address, or the id of a known instance. */
export const canBeMatched = (hostname: string, instances: readonly InstanceNode[]): boolean =>
  addressOfHostname(hostname) !== null || instances.some((instance) => meansInstance(hostname, instance))
