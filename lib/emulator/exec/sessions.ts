import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock'
import type { Ids } from '../ids'
import type { ExecTarget } from '../runtime/exec-program'
import type { Scope } from '../scope'

/** A session that ExecuteCommand granted. */
export type ExecSession = ExecTarget & { readonly id: string; readonly scope: Scope }

/** The sessions of one local cloud, from ExecuteCommand to their end. */
export type ExecSessions = {
  /** Grants a session; undefined when the container or this local cloud has as many as it may. */
  open(scope: Scope, target: ExecTarget): { readonly sessionId: string; readonly token: string } | undefined
  /** Hands out a session for its token, once. */
  claim(sessionId: string, token: string): ExecSession | undefined
  /** Whether an id may be connected to now; says nothing about its token. */
  isWaiting(sessionId: string): boolean
  /** Counts a claimed session out again. */
  forget(sessionId: string): void
  /** Where a session's data channel is: `ws://127.0.0.1:4680/v1/data-channel/<id>?role=publish_subscribe`. */
  streamUrl(sessionId: string): string
  clear(): void
}

export type SessionLimits = {
  readonly atOnce: number
  readonly perContainer: number
  /** A session that nobody connects to is forgotten after this. */
  readonly claimWithinMs: number
}

/** AWS allows 1,000 per container (ECS quotas); a laptop says enough earlier. */
export const sessionLimits: SessionLimits = { atOnce: 100, perContainer: 20, claimWithinMs: 60_000 }

type Kept = { readonly session: ExecSession; token: Buffer | undefined; readonly expiresAtMs: number }

export function makeExecSessions(world: {
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Ids
  /** `127.0.0.1:4680`; asked for when a session is granted. */
  readonly place: () => string
  readonly limits?: SessionLimits
}): ExecSessions {
  const { clock, ids, limits = sessionLimits } = world
  const kept = new Map<string, Kept>()

  const forgetUnclaimed = (): void => {
    for (const [id, { token, expiresAtMs }] of kept) if (token && expiresAtMs <= clock.now()) kept.delete(id)
  }
  const waiting = (sessionId: string): Kept | undefined => {
    forgetUnclaimed()
    const found = kept.get(sessionId)
    return found?.token ? found : undefined
  }

  return {
    open(scope, target) {
      forgetUnclaimed()
      const inContainer = [...kept.values()].filter(
        ({ session }) => session.taskId === target.taskId && session.container === target.container,
      )
      if (kept.size >= limits.atOnce || inContainer.length >= limits.perContainer) return undefined
      const sessionId = `ecs-execute-command-${ids.alphanumeric(26)}`
      const token = ids.hex(64)
      kept.set(sessionId, {
        session: { ...target, id: sessionId, scope },
        token: Buffer.from(token),
        expiresAtMs: clock.now() + limits.claimWithinMs,
      })
      return { sessionId, token }
    },
    claim(sessionId, token) {
      const found = waiting(sessionId)
      const given = Buffer.from(token)
      if (!found?.token || given.length !== found.token.length || !timingSafeEqual(given, found.token))
        return undefined
      found.token = undefined
      return found.session
    },
    isWaiting: (sessionId) => waiting(sessionId) !== undefined,
    forget: (sessionId) => {
      kept.delete(sessionId)
    },
    streamUrl: (sessionId) => `ws://${world.place()}/v1/data-channel/${sessionId}?role=publish_subscribe`,
    clear: () => kept.clear(),
  }
}
