import 'server-only'
import type { ActivityIntent, ActivityOutcome } from '@/lib/activity/entry'
import { soloRunId } from '@/lib/activity/solo'
import type { JournalInUse } from '../journal/in-use'
import type { Run } from '../run-state'
import type { Actor } from './record'

/** What is written down of a call that is no plan. */
export type Audited = Pick<ActivityIntent, 'action' | 'command' | 'subject' | 'sentence'> & {
  readonly by: Actor
}

/**
 * Does something that is no plan, and writes it down before and after. Nothing is done when it cannot be written down. `id`: new. Throws
 * `RunRefused` for a journal that cannot be used, and what `work` throws.
 */
export async function doAudited<T>(
  journal: JournalInUse,
  of: Audited & { readonly id: string; readonly target: Run['target'] },
  now: () => number,
  work: () => Promise<T>,
): Promise<T> {
  const { by, id, target, ...what } = of
  const startedAtMs = now()
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
        requestId: null,
        durationMs: now() - startedAtMs,
        errorCode,
      }),
    )
  try {
    const done = await work()
    await conclude('done', null)
    return done
  } catch (error) {
    await conclude('failed', error instanceof Error ? error.name : 'Error')
    throw error
  }
}
