import 'server-only'
import { checkAccount } from '@/lib/target/account-pin'
import type { Target } from '@/lib/target/current'
import { readAccountId } from '@/lib/target/identity'
import type { Refused } from './plan'

/** Why this target may not be changed now; null: it may, and it still is the account on the screen. */
export async function refusalToWrite(target: Target, nowMs: number): Promise<Refused | null> {
  if (target.settings.readOnly)
    return {
      code: 'ReadOnly',
      message: 'This console is read-only: nothing was changed.',
      remedy: 'Start it without --read-only to make changes.',
    }
  const seen = await readAccountId(target.clients(), target.settings, nowMs)
  const verdict = checkAccount(target.settings.kind, target.pinnedAccountId, seen.accountId)
  return verdict.ok ? null : { code: 'WrongAccount', message: verdict.message, remedy: verdict.remedy }
}
