import type { TargetSettings } from './settings'

type Named = Pick<TargetSettings, 'kind' | 'endpointUrl'>

/** AWS's own domains: commercial and GovCloud, China, dual-stack, European Sovereign Cloud. */
const awsDomains = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws', 'amazonaws.eu']

/** Loopback by name or by number; nothing is resolved, so a name that merely points home does not count. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase()
  if (host === 'localhost' || host === '[::1]' || host === '::1') return true
  const octets = host.split('.')
  return (
    octets.length === 4 &&
    octets[0] === '127' &&
    octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)
  )
}

/** Where a request is about to go. */
export type Destination = {
  readonly protocol: string
  readonly hostname: string
  readonly port: number | null
}

const portOf = (protocol: string, port: number | null) => port ?? (protocol === 'https:' ? 443 : 80)

/**
 * Why a request must not be sent; null when the target names this host. It fails closed: what is not clearly the target is refused.
 */
export function refusalOf(target: Named, to: Destination): string | null {
  const host = to.hostname.toLowerCase()
  const where = `${to.protocol}//${to.hostname}${to.port === null ? '' : `:${to.port}`}`
  if (target.kind === 'aws') {
    const isAws = awsDomains.some((domain) => host.endsWith(`.${domain}`))
    return isAws && to.protocol === 'https:' && portOf(to.protocol, to.port) === 443
      ? null
      : `The target is AWS, but the request would go to ${where}.`
  }
  const endpoint = target.endpointUrl && URL.canParse(target.endpointUrl) ? new URL(target.endpointUrl) : null
  if (!endpoint) return `The target has no endpoint, but the request would go to ${where}.`
  if (target.kind === 'local' && !isLoopback(host))
    return `The target is the local cloud, but the request would leave this machine for ${where}.`
  const same =
    host === endpoint.hostname.toLowerCase() &&
    to.protocol === endpoint.protocol &&
    portOf(to.protocol, to.port) ===
      portOf(endpoint.protocol, endpoint.port === '' ? null : Number(endpoint.port))
  return same ? null : `The target is ${target.endpointUrl}, but the request would go to ${where}.`
}
