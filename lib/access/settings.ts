import { type OwnHosts, ownHostsFrom } from './own-host.mjs'
import type { Role } from './role'

/** How people get in. */
export type AccessSettings = {
  /** `open`: whoever sits at this machine; only with the local cloud. `token`: the printed address holds the key. */
  readonly mode: 'open' | 'token'
  /** null: nobody can get in by token. */
  readonly token: string | null
  /** What a session may do; read-only consoles have viewers only. */
  readonly sessionRole: Role
  readonly hosts: OwnHosts
  /** Cookies of one host are shared by all its ports, so the name holds ours. */
  readonly cookieName: string
}

type Env = Readonly<Record<string, string | undefined>>

const SHORTEST_TOKEN = 16

/**
 * Access from the environment that the launcher sets. Anything but an explicit `open` for the local cloud needs the token, and
 * without a usable token nobody gets in: it fails closed.
 */
export function accessFromEnv(env: Env): AccessSettings {
  const local = (env.SWITCHBOARD_TARGET || 'local') === 'local'
  const open = local && (env.SWITCHBOARD_ACCESS || 'open') === 'open'
  const token = env.SWITCHBOARD_TOKEN ?? ''
  const hosts = ownHostsFrom(env)
  return {
    mode: open ? 'open' : 'token',
    token: token.length >= SHORTEST_TOKEN ? token : null,
    sessionRole: env.SWITCHBOARD_READ_ONLY === '1' ? 'viewer' : 'operator',
    hosts,
    cookieName: `switchboard-session-${hosts.port ?? 'dev'}`,
  }
}
