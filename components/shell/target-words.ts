import type { TargetIdentity } from '@/lib/inventory/model'
import { shortenMiddle } from '../ui/shorten'

/** What the badge says at a glance. `careful`: changes here reach something that is not a toy. */
export type TargetWords = {
  readonly name: string
  readonly where: string
  readonly careful: boolean
  /** Short marks: `simulated tasks`, `read-only`. */
  readonly marks: readonly string[]
  /** One sentence on what this target is. */
  readonly meaning: string
}

const names = { local: 'Local cloud', endpoint: 'Custom endpoint', aws: 'AWS' } as const

/** `localhost:4566`: enough to tell endpoints apart. */
const hostOf = (endpointUrl: string) => (URL.canParse(endpointUrl) ? new URL(endpointUrl).host : endpointUrl)

export function describeTarget(target: TargetIdentity): TargetWords {
  const account = target.accountId ? shortenMiddle(target.accountId, 9) : 'account unknown'
  // Without an account the endpoint says best which one this is.
  const endpoint = target.accountId === null && target.endpointUrl !== null ? hostOf(target.endpointUrl) : ''
  const marks: string[] = []
  if (target.localRuntime === 'simulated') marks.push('simulated tasks')
  if (target.readOnly) marks.push('read-only')
  return {
    name: names[target.kind],
    where: [target.region || 'region unknown', endpoint, account].filter(Boolean).join(' · '),
    careful: target.kind === 'aws',
    marks,
    meaning: meaningOf(target),
  }
}

function meaningOf(target: TargetIdentity): string {
  if (target.kind === 'aws') {
    return target.readOnly
      ? 'This is a real AWS account. The console only reads it.'
      : 'This is a real AWS account. Changes made here are real and may cost money.'
  }
  if (target.kind === 'endpoint') return 'An AWS-compatible endpoint that is not AWS itself.'
  return target.localRuntime === 'simulated'
    ? 'Everything runs on this machine. Tasks are simulated: they have no process and cannot be called.'
    : 'Everything runs on this machine. Every task is a real process; nothing reaches AWS.'
}
