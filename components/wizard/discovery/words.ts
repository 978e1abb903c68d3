import { discoveryServiceName, privateNamespaceName } from '@/lib/changes/fields/names'
import type { DiscoveryValues } from './values'

export const recordWords: Readonly<Record<DiscoveryValues['records'], string>> = {
  A: 'A',
  AAAA: 'AAAA',
  A_AAAA: 'A and AAAA',
  SRV: 'SRV',
  CNAME: 'CNAME',
  NONE: 'no DNS',
}

export const healthWords: Readonly<Record<DiscoveryValues['health']['kind'], string>> = {
  custom: 'custom health, told by ECS',
  route53: 'Route 53 checks',
  none: 'no health check',
}

/** `backend-api.production.local`; the namespace's own name for the single name `.`; null where there is no DNS, or no name yet. */
export function fullName(name: string, namespace: string, hasDns: boolean): string | null {
  if (!hasDns || !discoveryServiceName.safeParse(name).success) return null
  if (!privateNamespaceName.safeParse(namespace).success) return null
  return name === '.' ? namespace : `${name}.${namespace}`
}
