import type { TargetIdentity } from '@/lib/inventory/model'

/** Whether a change may go out, by the account that was shown and the one that answers now. */
export type PinVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly remedy: string }

/**
 * Credentials may change under a running console (a profile edited, a role assumed elsewhere). The account seen first is the one people
 * read on the screen, so it is pinned: a change is refused when another one answers, and on AWS also when none can be told.
 */
export function checkAccount(
  kind: TargetIdentity['kind'],
  pinned: string | null,
  seen: string | null,
): PinVerdict {
  if (pinned !== null && seen !== null && pinned !== seen)
    return {
      ok: false,
      message: `The screen shows account ${pinned}, but the credentials now belong to account ${seen}.`,
      remedy: 'Nothing was changed. Start the console again to work on the other account.',
    }
  if (kind === 'aws' && (pinned === null || seen === null))
    return {
      ok: false,
      message:
        'It cannot be told which account would be changed, because sts:GetCallerIdentity does not answer.',
      remedy: 'Nothing was changed. Allow sts:GetCallerIdentity, or renew the credentials.',
    }
  return { ok: true }
}
