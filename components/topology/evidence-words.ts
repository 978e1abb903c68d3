import type { Edge, Evidence } from '@/lib/topology/model'
import {
  briefMs,
  briefRate,
  formatBytesRate,
  formatMs,
  formatRate,
  formatShare,
  isTroubled,
  type Observed,
  readObserved,
} from './observed'

const clock = (ms: number) => new Date(ms).toTimeString().slice(0, 5)

/** The newest call from inside a task that was answered on this line; null: none. */
export const verifiedOf = (edge: Edge): Extract<Evidence, { kind: 'verified' }> | null =>
  edge.evidence.findLast((each) => each.kind === 'verified') ?? null

/** More would not fit between two cards. */
const LABEL = 12

/** What goes over a line now, as short as it goes: `12/s · 4 ms`, `25 % failed`, `2.4 kB/s`, `seen 14:32`. */
export function trafficLabel(seen: Observed, most = LABEL): string {
  if (!seen.isLive) return `seen ${clock(seen.lastSeenMs)}`
  if (isTroubled(seen)) return `${formatShare(seen.errorShare ?? 0)} failed`
  const { requestsPerSecond, bytesPerSecond, p50Ms } = seen
  const rate = requestsPerSecond > 0 ? briefRate(requestsPerSecond) : formatBytesRate(bytesPerSecond ?? 0)
  const timed = p50Ms === null ? rate : `${rate} · ${briefMs(p50Ms)}`
  return timed.length > most ? rate : timed
}

const TICK = '✓ '

/** The one small label on a line; a tick where a call from inside a task was answered: `✓ 14:32`, `✓ 12/s`. */
export function wireLabel(edge: Edge): string {
  if (edge.problem) return 'cannot reach'
  const seen = readObserved(edge)
  const verified = verifiedOf(edge)
  if (seen && verified) return TICK + trafficLabel(seen, LABEL - TICK.length)
  if (seen) return trafficLabel(seen)
  return verified ? TICK + clock(verified.atMs) : 'declared'
}

/** How we know, in one sentence per piece of evidence. */
export function evidenceSentence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'verified':
      return `A call from inside a task of the caller was answered in ${formatMs(evidence.latencyMs)}, at ${clock(evidence.atMs)}.`
    case 'alias':
      return `Service Connect resolves ${evidence.alias} for its tasks, at port ${evidence.port}.`
    case 'observed':
      return `CloudWatch counts what goes through the caller's proxy to ${evidence.discoveryName}.`
    case 'declared': {
      const host = evidence.port === null ? evidence.host : `${evidence.host}:${evidence.port}`
      return `Container ${evidence.container} has ${evidence.variable} in its environment, which names ${host}.`
    }
  }
}

function spokenTraffic(seen: Observed): string {
  if (!seen.isLive) return `observed, silent since ${clock(seen.lastSeenMs)}`
  const rate =
    seen.requestsPerSecond > 0
      ? `${formatRate(seen.requestsPerSecond)}, ${formatShare(seen.errorShare ?? 0)} failed`
      : formatBytesRate(seen.bytesPerSecond ?? 0)
  return `observed, ${rate}${seen.p50Ms === null ? '' : `, half within ${formatMs(seen.p50Ms)}`}`
}

/** The line for somebody who does not see it. */
export function describeEvidence(edge: Edge, [caller, callee]: readonly [string, string]): string {
  const variables = edge.evidence.flatMap((each) => (each.kind === 'declared' ? [each.variable] : []))
  const seen = readObserved(edge)
  const verified = verifiedOf(edge)
  const how = [
    ...(seen ? [spokenTraffic(seen)] : []),
    ...(verified ? [`verified by a call from inside a task at ${clock(verified.atMs)}`] : []),
    ...(variables.length > 0 ? [`declared by ${[...new Set(variables)].join(', ')}`] : []),
  ]
  const problem = edge.problem ? `. Cannot work: ${edge.problem}` : ''
  return `Connection from ${caller} to ${callee}, ${how.length > 0 ? how.join(', ') : wireLabel(edge)}${problem}`
}
