import { isOwnHost } from '../access/own-host.mjs'

// What must be settled before Next sees a request: Next redirects absolute-form targets and doubled slashes before any code of ours
// runs, and takes the first of two Host headers.

/**
 * @typedef {object} Line
 * @property {string} [method]
 * @property {string} [url] the request target as it came
 * @property {readonly string[]} rawHeaders names and values in turn, as they came
 */

/** @typedef {{ status: number, message: string }} Refusal */

const methods = new Set(['GET', 'HEAD', 'POST'])

/** @param {readonly string[]} rawHeaders @param {string} name lower case */
function valuesOf(rawHeaders, name) {
  const values = []
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.toLowerCase() === name) values.push(rawHeaders[i + 1] ?? '')
  return values
}

/**
 * @param {Line} line @param {import('../access/own-host.mjs').OwnHosts} own
 * @returns {Refusal | null} null: let it through
 */
export function checkFront({ method, url = '', rawHeaders }, own) {
  const hosts = valuesOf(rawHeaders, 'host')
  const address = `http://localhost:${own.port ?? 3000}`
  if (hosts.length !== 1)
    return {
      status: 400,
      message: `A request names its host exactly once; this one did so ${hosts.length} times.`,
    }
  if (!isOwnHost(hosts[0], own))
    return {
      status: 421,
      message: `This console answers to its own address only: open ${address}. To use another name for this machine, set SWITCHBOARD_EXTRA_HOSTS to it.`,
    }
  if (!url.startsWith('/') || url.startsWith('//') || url.includes('\\'))
    return { status: 400, message: 'The request target must be a path of this console.' }
  if (!methods.has(method ?? '')) return { status: 405, message: 'The console takes GET, HEAD and POST.' }
  return null
}
