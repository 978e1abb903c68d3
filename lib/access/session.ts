import 'server-only'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { processWide } from '@/lib/target/process-wide'
import { type Role, roles } from './role'
import type { AccessSettings } from './settings'

const ISSUER = 'switchboard'
const LASTS = '30d'

/** New with every launch: a restart ends all sessions. */
const secret = () => processWide('session-secret', () => new Uint8Array(randomBytes(32)))

/** A signed session for one role. */
export function signSession(role: Role): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(LASTS)
    .sign(secret())
}

/** The role of a session cookie; `anonymous` for anything that we did not sign in this launch. */
export async function roleOfSession(cookie: string | undefined): Promise<Role> {
  if (!cookie) return 'anonymous'
  const verified = await jwtVerify(cookie, secret(), { issuer: ISSUER, algorithms: ['HS256'] }).catch(
    () => null,
  )
  const role = verified?.payload.role
  return roles.find((known) => known === role) ?? 'anonymous'
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares in constant time, whatever the lengths. */
export function isToken(given: string | null, settings: Pick<AccessSettings, 'token'>): boolean {
  return given !== null && settings.token !== null && timingSafeEqual(digest(given), digest(settings.token))
}

/** The Set-Cookie value of a session: not readable by scripts, never sent by requests of other sites. */
export function sessionCookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict`
}
