/** A host that a text names, with the port it names or implies. */
export type NamedHost = {
  /** Lower case, without a trailing dot. */
  readonly host: string
  /** As written; null when the text has none. */
  readonly port: number | null
  /** `http`, `postgres`, …; null for `host:port` and bare names. */
  readonly scheme: string | null
}

const NONE: ReadonlySet<string> = new Set()
const LONGEST_VALUE = 4_096
const MOST_HOSTS = 32
const SCHEME = /^(?:[a-z][a-z0-9+.-]{0,30}:)*?([a-z][a-z0-9+.-]{0,30}):\/\//i
/** Labels as Cloud Map allows them: letters, digits, `_` and `-`, at least two labels. */
const HOST = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))+$/i
/** One label, as aliases of Service Connect may be; taken for a host only where it is one of those. */
const LABEL = /^[a-z0-9_][a-z0-9_-]{0,62}$/i
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/

function hostIn(token: string, isAlias: (label: string) => boolean): NamedHost | null {
  const scheme = SCHEME.exec(token)
  let authority = scheme ? token.slice(scheme[0].length) : token
  authority = authority.split(/[/?#\\]/, 1)[0] ?? ''
  // Everything before the last @ is user and password, and stays on this side.
  authority = authority.slice(authority.lastIndexOf('@') + 1)
  const [name = '', portText, ...rest] = authority.split(':')
  if (rest.length > 0) return null
  const host = name.replace(/\.$/, '').toLowerCase()
  const isLabel = LABEL.test(host) && isAlias(host)
  if (!isLabel && (!HOST.test(host) || ADDRESS.test(host))) return null
  const port = portText && /^\d{1,5}$/.test(portText) ? Number(portText) : null
  if (portText && port === null) return null
  return {
    host,
    port: port !== null && port > 65_535 ? null : port,
    scheme: scheme?.[1]?.toLowerCase() ?? null,
  }
}

/**
 * The hosts that the value of an environment variable names: URLs, `host:port`, bare DNS names, and lists of them by comma,
 * semicolon or space. User names, passwords, paths and queries never come out. `aliases`: names of one label that are hosts too (in
 * lower case); without a scheme or a port such a name counts only when it is all that the value says.
 */
export function hostsIn(value: string, aliases: ReadonlySet<string> = NONE): readonly NamedHost[] {
  const isAlias = (label: string) => aliases.has(label)
  const whole = value.trim()
  const found: NamedHost[] = []
  let scheme: string | null = null
  for (const token of value.slice(0, LONGEST_VALUE).split(/[\s,;|"'<>()[\]{}]+/)) {
    if (!token.includes('.') && aliases.size === 0) continue
    // `host=db.production.local`, as in connection strings.
    const bare = token.replace(/^\w{1,40}=/, '')
    const named = hostIn(bare, isAlias)
    if (!named) continue
    const saysWhere = named.scheme !== null || named.port !== null || bare !== token || token === whole
    if (!named.host.includes('.') && !saysWhere && scheme === null) continue
    // In `kafka://one:9092,two:9092` the scheme belongs to every entry.
    scheme = named.scheme ?? scheme
    found.push({ ...named, scheme })
    if (found.length === MOST_HOSTS) break
  }
  return found
}

const schemePorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 }

/** The port a client would connect to; null when neither the text nor a well-known web scheme says. */
export function effectivePort(named: NamedHost): number | null {
  if (named.port !== null) return named.port
  return named.scheme !== null && Object.hasOwn(schemePorts, named.scheme)
    ? (schemePorts[named.scheme] ?? null)
    : null
}
