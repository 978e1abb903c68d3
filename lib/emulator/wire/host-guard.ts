/** What the guard looks at. `hosts` are all Host headers of the request, as they came. */
export type GuardedRequest = {
  readonly method: string
  /** The request target, for example `/` or `http://evil.example/`. */
  readonly target: string
  readonly hosts: readonly string[]
  readonly origin?: string | undefined
  /** `Sec-Fetch-Site`, which browsers send and pages cannot forge. */
  readonly fetchSite?: string | undefined
}

export type Refusal = { readonly status: number; readonly code: string; readonly message: string }

/**
 * Why a request must not be answered, or undefined when it may.
 *
 * A local server that runs commands is what DNS rebinding and cross-site requests aim at: the first is stopped by the
 * Host allow-list, the second by refusing every foreign Origin and never sending a CORS header.
 */
export function refuseForeign(
  request: GuardedRequest,
  port: number,
  extraHosts: readonly string[],
): Refusal | undefined {
  if (!request.target.startsWith('/')) {
    return {
      status: 421,
      code: 'MisdirectedRequest',
      message: 'Absolute request targets are refused; address this server directly.',
    }
  }
  if (request.hosts.length !== 1) {
    return { status: 400, code: 'BadRequest', message: 'Exactly one Host header is required.' }
  }
  const host = (request.hosts[0] ?? '').toLowerCase()
  if (!isOwnHost(host, port, extraHosts)) {
    return {
      status: 421,
      code: 'MisdirectedRequest',
      message:
        `The Host header ${JSON.stringify(host.slice(0, 200))} does not name this local cloud. ` +
        `Use http://127.0.0.1:${port} or http://localhost:${port}. ` +
        'Other names are refused because a web page could point one of its own at this machine (DNS rebinding).',
    }
  }
  if (request.origin !== undefined && request.origin.toLowerCase() !== `http://${host}`) {
    return crossSite(`The local cloud does not answer web pages of other origins (Origin ${request.origin}).`)
  }
  if (request.fetchSite === 'cross-site' || request.fetchSite === 'same-site') {
    return crossSite('The local cloud does not answer requests that another site makes in a browser.')
  }
  return undefined
}

const crossSite = (message: string): Refusal => ({
  status: 403,
  code: 'AccessDeniedException',
  message: message.slice(0, 400),
})

const loopbackAddress = /^127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3}$/

function isOwnHost(host: string, port: number, extraHosts: readonly string[]): boolean {
  const found = /^(\[[0-9a-f:.]+\]|[^:[\]@/\s]+)(?::(\d{1,5}))?$/.exec(host)
  if (!found) return false
  const [, name = '', portText] = found
  if ((portText === undefined ? 80 : Number(portText)) !== port) return false
  // SDKs put `data-` before the host for DiscoverInstances and DiscoverInstancesRevision.
  const bare = name.startsWith('data-') ? name.slice('data-'.length) : name
  return (
    bare === 'localhost' ||
    bare === '[::1]' ||
    loopbackAddress.test(bare) ||
    extraHosts.some((extra) => extra.toLowerCase() === bare)
  )
}

/**
 * Content types that a web page may send to another origin without asking first (Fetch standard, "CORS-safelisted").
 * A change of state is never taken from one of them.
 */
export function isSimpleContentType(contentType: string | undefined): boolean {
  const essence = (contentType ?? '').split(';')[0]?.trim().toLowerCase()
  return (
    essence === 'text/plain' ||
    essence === 'multipart/form-data' ||
    essence === 'application/x-www-form-urlencoded'
  )
}
