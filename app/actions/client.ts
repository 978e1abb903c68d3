import 'server-only'
import { cookies, headers } from 'next/headers'
import { createSafeActionClient } from 'next-safe-action'
import { z } from 'zod'
import { checkAccess } from '@/lib/access/check'
import { currentAccess } from '@/lib/access/current'
import { peerAddress } from '@/lib/access/peer-address'
import { roles } from '@/lib/access/role'
import type { Refused } from '@/lib/plan/plan'
import type { Actor } from '@/lib/plan/run/record'

/** By shape, not by class: Next may load the module that defines it twice. */
function refusedIn(error: Error): Refused | null {
  if (!('refused' in error) || typeof error.refused !== 'object' || error.refused === null) return null
  const { code, message, remedy } = { code: '', message: '', remedy: '', ...error.refused }
  return typeof code === 'string' && code !== '' ? { code, message, remedy } : null
}

/** Thrown when a caller may not do this. */
class AccessRefused extends Error {
  override readonly name = 'AccessRefused'
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.message)
    this.refused = refused
  }
}

/**
 * What every server action is made from: Host and Origin, then the session, then the role, then the input. An action without a declared
 * role does not run.
 */
export const actionClient = createSafeActionClient({
  defineMetadataSchema: () => z.object({ name: z.string(), role: z.enum(roles) }),
  handleServerError(error): Refused {
    const refused = refusedIn(error)
    if (refused) return refused
    console.error(error)
    return {
      code: 'Unexpected',
      message: 'The console failed at this; it is not known whether anything was changed.',
      remedy: 'Look at the map before trying again. The terminal of npm start shows the error.',
    }
  },
}).use(async ({ next, metadata }) => {
  const [sent, jar] = await Promise.all([headers(), cookies()])
  const verdict = await checkAccess(
    {
      isChange: true,
      header: (name) => sent.get(name),
      cookie: (name) => jar.get(name)?.value,
    },
    metadata.role,
    currentAccess(),
  )
  if (verdict.refusal) {
    const { code, message, remedy } = verdict.refusal
    throw new AccessRefused({ code, message, remedy })
  }
  const by: Actor = {
    sessionId: verdict.sessionId,
    role: verdict.role,
    address: peerAddress((name) => sent.get(name), process.env),
  }
  return next({ ctx: { role: verdict.role, by } })
})
