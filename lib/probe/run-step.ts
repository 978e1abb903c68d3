import { STATUS_CODES } from 'node:http'
import { toUrlHost } from './address'
import type { CallOutcome } from './call'
import { failureOf } from './failure'
import { lessons } from './lesson'
import type { Resolved } from './run-resolve'
import type { Candidate, Step, StepName } from './trip'

type Told = Omit<Step, 'type' | 'name' | 'lesson' | 'startMs' | 'durationMs'>

/** A step as it travels. Times in ms; `startMs` counts from the start of the run. */
export const toStep = (name: StepName, startMs: number, durationMs: number, told: Told): Step => ({
  type: 'step',
  name,
  lesson: lessons[name],
  startMs,
  durationMs,
  ...told,
})

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const joined = (parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null && part !== '').join(' · ') || null

/** `127.10.0.12:8080`, `[fd00::1]:80`, or the bare address. */
export const toPlace = (address: string, port: number | null): string =>
  port === null ? address : `${toUrlHost(address)}:${port}`

const refusedOf = (candidates: readonly Candidate[]): string | null => {
  const refused = candidates.filter(({ refusal }) => refusal !== null)
  const [first] = refused
  return first
    ? `${counted(refused.length, 'address').replace(/ss$/, 'sses')} refused: ${first.address}, ${first.refusal}`
    : null
}

const tellResolved = (
  resolved: Resolved | null,
  absent: string,
  word: string,
  quiet: readonly (string | null)[],
): Told => {
  if (!resolved) return { outcome: 'skipped', fact: absent, note: null, candidates: null }
  const { found, candidates } = resolved
  if (found.failure)
    return { outcome: 'failed', fact: found.failure.code, note: found.failure.message, candidates: [] }
  const refused = refusedOf(candidates)
  const note = joined([...quiet, found.remark, refused])
  const plural =
    word === 'address' && candidates.length !== 1
      ? `${candidates.length} addresses`
      : counted(candidates.length, word)
  const worthReading = candidates.length === 0 || refused !== null
  return { outcome: worthReading ? 'warn' : 'ok', fact: plural, note, candidates }
}

/** What DiscoverInstances brought. */
export const tellDiscover = (resolved: Resolved | null): Told => {
  const health = resolved?.candidates.filter((candidate) => candidate.health === 'HEALTHY').length ?? 0
  const quiet = resolved && resolved.candidates.length > 0 && health > 0 ? [`${health} healthy`] : []
  return tellResolved(resolved, 'not in Cloud Map', 'instance', quiet)
}

/** What DNS brought, and where it disagrees with DiscoverInstances. */
export const tellDns = (resolved: Resolved | null, disagreements: readonly string[]): Told => {
  const found = resolved?.found
  const ttl =
    found?.ttlSeconds === null || found?.ttlSeconds === undefined ? null : `TTL ${found.ttlSeconds} s`
  const told = tellResolved(resolved, 'no DNS name', 'address', [found ? found.asked : null, ttl])
  if (disagreements.length === 0) return told
  return {
    ...told,
    outcome: told.outcome === 'failed' ? 'failed' : 'warn',
    note: joined([...disagreements, told.note]),
  }
}

/** Which address was chosen, out of how many. */
export const tellPick = (picked: Candidate, callable: number, candidates: readonly Candidate[]): Told => ({
  outcome: 'ok',
  fact: toPlace(picked.address, picked.port),
  note: callable === 1 ? 'the only one' : `1 of ${callable}, in turn`,
  candidates,
})

/** The connection; a failed call that never connected ends here. */
export const tellConnect = (outcome: Pick<CallOutcome, 'connectMs' | 'errorKind'>, place: string): Told => {
  const failed = outcome.connectMs === null && outcome.errorKind !== null
  return {
    outcome: failed ? 'failed' : 'ok',
    fact: failed && outcome.errorKind ? failureOf(outcome.errorKind).title : place,
    note: failed ? place : null,
    candidates: null,
  }
}

/** The request; a failed call that got no status ends here. */
export const tellRequest = (
  outcome: Pick<CallOutcome, 'status' | 'errorKind'>,
  method: string,
  path: string,
): Told => {
  const failed = outcome.status === null && outcome.errorKind !== null
  return {
    outcome: failed ? 'failed' : 'ok',
    fact: `${method} ${path}`,
    note: failed && outcome.errorKind ? failureOf(outcome.errorKind).title : null,
    candidates: null,
  }
}

const bytesText = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`

const typeNames: Readonly<Record<string, string>> = {
  'application/json': 'JSON',
  'text/html': 'HTML',
  'text/plain': 'text',
}

const sizeText = (outcome: CallOutcome, cut: boolean): string => {
  const contentType = outcome.headers['content-type']?.split(';')[0]?.trim().toLowerCase().slice(0, 60)
  const size = `${bytesText(outcome.body.length)}${cut ? ' read' : ''}`
  return contentType ? `${size} ${typeNames[contentType] ?? contentType}` : size
}

/** The answer, whole or cut. */
export const tellAnswer = (outcome: CallOutcome, status: number): Told => {
  const cut = outcome.errorKind !== null && !outcome.errorKind.startsWith('http-')
  return {
    outcome: outcome.errorKind === null ? 'ok' : cut || status >= 500 ? 'failed' : 'warn',
    fact: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    note: joined([
      `${outcome.totalMs.toFixed(outcome.totalMs < 10 ? 1 : 0)} ms in all`,
      sizeText(outcome, cut),
      outcome.encoding,
      cut && outcome.errorKind ? failureOf(outcome.errorKind).title : null,
      status >= 300 && status < 400 ? 'a redirect is shown, never followed' : null,
    ]),
    candidates: null,
  }
}
