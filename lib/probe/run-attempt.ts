import 'server-only'
import type { ServiceNode } from '@/lib/topology/model'
import { toUrlHost } from './address'
import { answererOf } from './answerer'
import type { CallOutcome } from './call'
import { type Reach, refusalOfUrl } from './guard'
import { readClaim } from './hostname-claim'
import type { Resolved } from './run-resolve'
import { toPlace } from './run-step'
import type { AttemptFinished, BodySample, Candidate, ErrorKind } from './trip'

/** A candidate that the guard lets pass. */
export type Callable = Candidate & { readonly port: number }

/** More text than this helps nobody in a drawer. */
const maxSampleCharacters = 64 * 1024

/** Answers by which DNS says that there is nothing, not that something went wrong. */
const emptyAnswers: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA'])

/** DNS has no name for a service without instances; Cloud Map knows the difference. */
const isKnownButEmpty = (chosen: Resolved, discovered: Resolved | null): boolean =>
  chosen.found.failure !== null &&
  emptyAnswers.has(chosen.found.failure.code) &&
  discovered !== null &&
  discovered.found.failure === null &&
  discovered.found.addresses.length === 0

/** Why nothing could be called, when nothing could. */
export const nothingToCall = (
  chosen: Resolved | null,
  discovered: Resolved | null,
): { readonly kind: ErrorKind; readonly message: string } => {
  if (!chosen)
    return {
      kind: 'resolve',
      message: 'This service has no such way to be found; choose another one under “via”.',
    }
  const { failure } = chosen.found
  if (failure)
    return {
      kind: isKnownButEmpty(chosen, discovered) ? 'no-instances' : 'resolve',
      message: failure.message,
    }
  if (chosen.candidates.length === 0) return { kind: 'no-instances', message: 'No address came back.' }
  if (chosen.candidates.every(({ port }) => port === null))
    return { kind: 'no-port', message: 'No address came with a port.' }
  const [first] = chosen.candidates
  return { kind: 'denied', message: `${first?.address ?? 'The address'}: ${first?.refusal ?? 'refused'}.` }
}

/** An attempt that ended before anything was called. */
export const notCalled = (
  index: number,
  atMs: number,
  reason: { readonly kind: ErrorKind; readonly message: string },
): AttemptFinished => ({
  type: 'attempt',
  index,
  atMs,
  instanceId: null,
  taskId: null,
  address: null,
  port: null,
  status: null,
  latencyMs: 0,
  errorKind: reason.kind,
  errorMessage: reason.message,
  confirmedByHostname: null,
  hostname: null,
})

/** An attempt that called `picked`: who answered, and whether the answer itself agrees. */
export const toAttempt = (
  index: number,
  atMs: number,
  picked: Callable,
  outcome: CallOutcome,
  service: ServiceNode | null,
): AttemptFinished => {
  const hostname = outcome.status === null ? null : readClaim(outcome.headers, outcome.body.toString('utf8'))
  const { instance, confirmed } = answererOf(service?.instances ?? [], picked.address, picked.port, hostname)
  const instanceId = instance?.id ?? picked.instanceId
  return {
    type: 'attempt',
    index,
    atMs,
    instanceId,
    // ECS registers tasks under their task id, so an instance that the map does not show yet still names its task.
    taskId: instance ? instance.taskId : (/^instance\/([0-9a-f]{32})$/.exec(instanceId ?? '')?.[1] ?? null),
    address: picked.address,
    port: picked.port,
    status: outcome.status,
    latencyMs: outcome.totalMs,
    errorKind: outcome.errorKind,
    errorMessage:
      outcome.errorMessage ??
      (outcome.status !== null && outcome.errorKind ? `HTTP ${outcome.status}` : null),
    confirmedByHostname: confirmed,
    hostname,
  }
}

/** What the guard says to a redirect; relative ones stay at the address that was called. */
const refusalOfLocation = (location: string, picked: Callable, reach: Reach): string | null => {
  const base = `http://${toPlace(picked.address, picked.port)}`
  return refusalOfUrl(URL.canParse(location, base) ? new URL(location, base).href : location, reach)
}

/** The answer as text; bytes that are no text become U+FFFD. */
export const toBodySample = (
  index: number,
  picked: Callable,
  outcome: CallOutcome,
  reach: Reach,
): BodySample => {
  const location = outcome.headers.location?.slice(0, 2048) ?? null
  const contentType = outcome.headers['content-type']?.slice(0, 200) ?? null
  const charset = /charset\s*=\s*"?(?:iso-8859-1|latin1|us-ascii)/i.test(contentType ?? '')
    ? 'latin1'
    : 'utf8'
  const text = outcome.body.toString(charset)
  return {
    type: 'body',
    index,
    contentType,
    encoding: outcome.encoding,
    bytes: outcome.body.length,
    text: text.slice(0, maxSampleCharacters),
    truncated:
      text.length > maxSampleCharacters ||
      (outcome.errorKind !== null && !outcome.errorKind.startsWith('http-')),
    location,
    locationRefusal: location === null ? null : refusalOfLocation(location, picked, reach),
  }
}

/** The `Host` header: the name that is called; without a name, the address. Port 80 goes without saying. */
export const hostHeader = (name: string | null, picked: Callable): string => {
  const host = name ?? toUrlHost(picked.address)
  return picked.port === 80 ? host : `${host}:${picked.port}`
}
