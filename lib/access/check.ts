import 'server-only'
import { isOwnHost, isOwnOrigin } from './own-host.mjs'
import { allows, type Role } from './role'
import { sessionOf } from './session'
import type { AccessSettings } from './settings'

/** What access looks at in a request. */
export type Asking = {
  /** Whether it may change something: anything but GET and HEAD. */
  readonly isChange: boolean
  readonly header: (name: string) => string | null
  readonly cookie: (name: string) => string | undefined
}

export type Refusal = {
  readonly status: 401 | 403 | 421
  readonly code: string
  /** For a person. */
  readonly message: string
  readonly remedy: string
}

export type Verdict =
  | { readonly refusal: Refusal; readonly role: null }
  | {
      readonly refusal: null
      readonly role: Role
      /** null: nobody in particular, as a reader without a cookie is. */
      readonly sessionId: string | null
    }

const refuse = (status: Refusal['status'], code: string, message: string, remedy: string): Verdict => ({
  refusal: { status, code, message, remedy },
  role: null,
})

/** Host and Origin alone: what holds for every request, whoever asks. null: nothing against it. */
export function refusalByOrigin(asking: Asking, settings: AccessSettings): Refusal | null {
  const host = asking.header('host')
  const home = `http://localhost:${settings.hosts.port ?? 3000}`
  if (!isOwnHost(host, settings.hosts))
    return {
      status: 421,
      code: 'ForeignHost',
      message: 'This console answers to its own address only: the request named another host.',
      remedy: `Open ${home}. To use another name for this machine, set SWITCHBOARD_EXTRA_HOSTS to it.`,
    }
  const forwarded = asking.header('x-forwarded-host')
  if (forwarded !== null && forwarded.toLowerCase() !== host?.toLowerCase())
    return {
      status: 421,
      code: 'ForeignForwardedHost',
      message:
        'The request was forwarded for another host, and no proxy in front of this console is trusted.',
      remedy: `Open ${home} directly.`,
    }
  const origin = asking.header('origin')
  if (asking.isChange && !isOwnOrigin(origin, host, settings.hosts))
    return {
      status: 403,
      code: origin === null ? 'MissingOrigin' : 'ForeignOrigin',
      message: 'Changes are taken from the pages of this console only.',
      remedy: 'Use the console itself; scripts send the header Origin with the address of the console.',
    }
  const site = asking.header('sec-fetch-site')
  const isNavigation = asking.header('sec-fetch-mode') === 'navigate'
  if (!isNavigation && site !== null && site !== 'same-origin' && site !== 'none')
    return {
      status: 403,
      code: 'ForeignSite',
      message: 'A page of another site asked for this.',
      remedy: 'Use the console itself.',
    }
  return null
}

/**
 * Whether a request may have what needs `needed`. Asked again inside every route and action, because the wall in front (proxy.ts) has
 * been passed before in other products (CVE-2025-29927 and its kin).
 */
export async function checkAccess(asking: Asking, needed: Role, settings: AccessSettings): Promise<Verdict> {
  const refusal = refusalByOrigin(asking, settings)
  if (refusal) return { refusal, role: null }
  const session = await sessionOf(asking.cookie(settings.cookieName))
  // A started session never outranks how the console runs now.
  const held = allows(session.role, settings.sessionRole) ? settings.sessionRole : session.role
  const role: Role = held === 'anonymous' && settings.mode === 'open' && !asking.isChange ? 'viewer' : held
  if (allows(role, needed)) return { refusal: null, role, sessionId: session.id }
  if (role === 'anonymous')
    return refuse(
      401,
      'NoSession',
      'There is no session, or it ended when the console was started again.',
      settings.mode === 'open'
        ? 'Load the page again.'
        : 'Open the address with the token that npm start printed.',
    )
  return refuse(
    403,
    'ReadOnly',
    'This console is read-only: nothing can be changed here.',
    'Start it without --read-only to make changes.',
  )
}
