import type { TargetIdentity } from '../inventory/model'
import { addVerified, stillVerified, type VerifiedCall } from './verified'

/** Ids are made of names and ARNs; AWS's longest ARN has 2,048 characters. */
const LONGEST_ID = 2_200
/** Far more than 200 calls take. */
const LONGEST_TEXT = 1_000_000

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID
const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

function callOf(value: unknown): VerifiedCall | null {
  if (typeof value !== 'object' || value === null) return null
  const { source, target, instanceId, atMs, latencyMs }: Partial<Record<keyof VerifiedCall, unknown>> = value
  if (!isId(source) || !isId(target) || !isDuration(atMs) || !isDuration(latencyMs)) return null
  if (instanceId !== null && !isId(instanceId)) return null
  return { source, target, instanceId, atMs, latencyMs }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Somebody else wrote there; nothing was proved by it.
    return null
  }
}

/** Where calls to one target are kept: of the same place seen through another profile the services may be others. */
export const verifiedKeyOf = ({ kind, region, accountId, endpointUrl, profile }: TargetIdentity): string =>
  `switchboard.verified.${JSON.stringify([kind, region, accountId, endpointUrl, profile])}`

/** What was kept as text, as far as it is what we write and still counts at `nowMs`. */
export function readVerified(text: string | null, nowMs: number): readonly VerifiedCall[] {
  if (text === null || text.length > LONGEST_TEXT) return []
  const list = parsed(text)
  if (!Array.isArray(list)) return []
  const calls = list.map(callOf).filter((call) => call !== null)
  return stillVerified(calls, nowMs).reduce<readonly VerifiedCall[]>(addVerified, [])
}

export const writeVerified = (calls: readonly VerifiedCall[]): string => JSON.stringify(calls)
