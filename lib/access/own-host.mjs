// Which Host and Origin are ours. Plain JavaScript, because the server in front of Next reads it without a build.
// A page of another site can point its own name at 127.0.0.1 (DNS rebinding): the browser then takes us for that site, and only the Host
// header tells. So the names that people really type are listed, and everything else is refused.

/**
 * @typedef {object} OwnHosts
 * @property {readonly string[]} names lower case host names without a port
 * @property {number | null} port null: any (development, where the port is Next's own)
 * @property {readonly string[]} extras further `host` or `host:port`, lower case, from --allow-host
 */

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {OwnHosts}
 */
export function ownHostsFrom(env) {
  const port = Number(env.SWITCHBOARD_PORT)
  return {
    names: LOOPBACK_NAMES,
    port: env.SWITCHBOARD_PORT && Number.isInteger(port) ? port : null,
    extras: (env.SWITCHBOARD_EXTRA_HOSTS ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  }
}

/** Letters, digits, dots and hyphens, or an IPv6 address in brackets; then perhaps a port. Nothing else is a Host we could own. */
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/

/**
 * Compared as text, never resolved or normalised: `127.1`, `2130706433`, `localhost.` and `[::ffff:127.0.0.1]` reach this machine
 * too, but nobody types them, so they are refused.
 * @param {string | null | undefined} host the Host header, or the host part of an origin
 * @param {OwnHosts} own
 */
export function isOwnHost(host, own) {
  const text = host?.toLowerCase() ?? ''
  const match = HOST.exec(text)
  if (!match) return false
  const [, name = '', port] = match
  if (own.extras.includes(text)) return true
  if (!own.names.includes(name)) return false
  return own.port === null || Number(port ?? 80) === own.port
}

/**
 * Whether a request comes from a page of ours: the Origin names exactly the host that was asked. `null`, a missing Origin and any other
 * site are not.
 * @param {string | null | undefined} origin
 * @param {string | null | undefined} host the Host header of the same request
 * @param {OwnHosts} own
 */
export function isOwnOrigin(origin, host, own) {
  if (!origin || !host || !isOwnHost(host, own)) return false
  const text = origin.toLowerCase()
  return text === `http://${host.toLowerCase()}` || text === `https://${host.toLowerCase()}`
}
