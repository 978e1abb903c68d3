import 'server-only'
import type { ActivityIntent, ActivityOutcome } from '@/lib/activity/entry'
import { soloRunId } from '@/lib/activity/solo'
import type { Journal } from '../journal'
import type { Run } from '../run-state'
import type { Actor } from './record'

/** What is written down of a call that is no plan. */
export type Audited = Pick<ActivityIntent, 'action' | 'command' | 'subject' | 'sentence'> & {
  readonly by: Actor
}

/** Where it is written down. */
type AuditInUse = {
  ask<T>(ask: (audit: Pick<Journal, 'intendAlone' | 'concludeAlone'>) => Promise<T>): Promise<T>
}

/** Tells AWS's id of the request that was made, whether it was granted or refused. */
export type NoteRequest = (requestId: string) => void

/** AWS's error code stands in what the error was made of. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'Error'
  return error.cause instanceof Error ? error.cause.name : error.name
}

/**
 * Does something that is no plan, and writes it down before and after. Nothing is done when it cannot be written down. `id`: new. Throws
 * `RunRefused` for a journal that cannot be used, and what `work` throws.
 */
export async function doAudited<T>(
  journal: AuditInUse,
  of: Audited & { readonly id: string; readonly target: Run['target'] },
  now: () => number,
  work: (note: NoteRequest) => Promise<T>,
): Promise<T> {
  const { by, id, target, ...what } = of
  const startedAtMs = now()
  let requestId: string | null = null
  const intent: ActivityIntent = {
    ...what,
    ...by,
    atMs: startedAtMs,
    runId: soloRunId(id),
    stepId: 'alone',
    accountId: target.accountId,
    region: target.region,
    endpointUrl: target.endpointUrl,
  }
  const seq = await journal.ask((open) => open.intendAlone(intent))
  const conclude = (result: ActivityOutcome['result'], errorCode: string | null) =>
    journal.ask((open) =>
      open.concludeAlone(seq, intent, {
        atMs: now(),
        result,
        requestId,
        durationMs: now() - startedAtMs,
        errorCode,
      }),
    )
  try {
    const done = await work((id) => {
      requestId = id
    })
    await conclude('done', null)
    return done
  } catch (error) {
    await conclude('failed', codeOf(error))
    throw error
  }
}
