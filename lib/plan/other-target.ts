import type { TargetIdentity } from '@/lib/inventory/model'
import type { Refused } from './plan'

const nameOf = ({ accountId, region, endpointUrl }: TargetIdentity) =>
  `account ${accountId ?? 'unknown'}, ${region}${endpointUrl ? `, ${endpointUrl}` : ''}`

/** Why a run of another target may not go on here; null: it is the same one. */
export function refusalOfOtherTarget(run: TargetIdentity, now: TargetIdentity): Refused | null {
  const isSame =
    run.kind === now.kind &&
    run.region === now.region &&
    run.endpointUrl === now.endpointUrl &&
    run.accountId === now.accountId
  return isSame
    ? null
    : {
        code: 'OtherTarget',
        message: `This run belongs to ${nameOf(run)}; the console works on ${nameOf(now)}.`,
        remedy: 'Nothing was sent. Start the console on the target of the run to go on with it.',
      }
}
