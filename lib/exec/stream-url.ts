import { isLoopback } from '@/lib/target/allowed-host'
import type { TargetSettings } from '@/lib/target/settings'

const region = /^[a-z]{2}(?:-[a-z]+)+-\d$/

const isAwsHost = (host: string): boolean => {
  const found = /^ssmmessages\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(host)
  return (
    found?.[1] !== undefined &&
    region.test(found[1]) &&
    (found[2] !== undefined) === found[1].startsWith('cn-')
  )
}

/**
 * Why a session's stream URL is not opened; null when it may be. AWS's goes to `ssmmessages.<region>.amazonaws.com` over TLS; any
 * other target's must be the target itself. A token would otherwise go wherever an answer says.
 */
export function refusalOfStreamUrl(
  target: Pick<TargetSettings, 'kind' | 'endpointUrl'>,
  streamUrl: string,
): string | null {
  const url = URL.canParse(streamUrl) ? new URL(streamUrl) : null
  if (!url) return 'The session’s address is no URL.'
  const shown = `${url.protocol}//${url.host}`
  if (url.username !== '' || url.password !== '')
    return `The session’s address at ${url.host} carries a user.`
  if (url.protocol === 'wss:' && url.port === '' && isAwsHost(url.hostname))
    return target.kind === 'local'
      ? `The target is the local cloud, but the session would go to ${shown}.`
      : null
  if (target.kind === 'aws') return `The target is AWS, but the session would go to ${shown}.`
  const endpoint = target.endpointUrl && URL.canParse(target.endpointUrl) ? new URL(target.endpointUrl) : null
  if (!endpoint) return `The target has no endpoint, but the session would go to ${shown}.`
  const protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:'
  const same = url.host === endpoint.host || (isLoopback(url.hostname) && isLoopback(endpoint.hostname))
  if (url.protocol !== protocol || !same || url.port !== endpoint.port)
    return `The target is ${target.endpointUrl}, but the session would go to ${shown}.`
  return null
}
