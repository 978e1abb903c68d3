import 'server-only'
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { processWide } from '@/lib/target/process-wide'
import { type Role, roles } from './role'
import type { AccessSettings } from './settings'

const ISSUER = 'switchboard'
const LASTS = '30d'

/** New with every launch: a restart ends all sessions. */
const secret = () => processWide('session-secret', () => new Uint8Array(randomBytes(32)))

/** Who asks: a role, and which of its sessions. */
export type SessionClaims = {
  readonly role: Role
  /** One per browser that came in; null for strangers. */
  readonly id: string | null
}

const stranger: SessionClaims = { role: 'anonymous', id: null }

/** A new signed session for one role, unlike every other one. */
export function signSession(role: Role): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(LASTS)
    .sign(secret())
}

/** What a session cookie says; a stranger for anything that we did not sign in this launch. */
export async function sessionOf(cookie: string | undefined): Promise<SessionClaims> {
  if (!cookie) return stranger
  const verified = await jwtVerify(cookie, secret(), { issuer: ISSUER, algorithms: ['HS256'] }).catch(
    () => null,
  )
  const id = verified?.payload.jti
  const role = roles.find((known) => known === verified?.payload.role)
  return id && role ? { role, id } : stranger
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
