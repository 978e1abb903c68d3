import type { ExecError } from '@/lib/exec/exec-error'
import type { ServiceNode } from '@/lib/topology/model'
import { canonicalAddress } from '../address'
import type { CallOutcome } from '../call'
import { meansInstance, readClaim } from '../hostname-claim'
import { type Callable, notCalled, toAttempt } from '../run-attempt'
import type { AttemptFinished, ErrorKind } from '../trip'
import type { TaskPlace } from './place'
import type { TaskReport } from './read-report'

const kindOfStatus = (status: number | null): ErrorKind | null =>
  status === null || status < 400 ? null : status >= 500 ? 'http-5xx' : 'http-4xx'

/** A report as a call of the console tells it. Times that the program did not tell are the script's own. */
export function outcomeOf(report: TaskReport, tookMs: number): CallOutcome {
  const { times, status, headers, body, error } = report
  return {
    connectMs:
      status !== null || (times && times.connectMs > 0)
        ? Math.max(0, (times?.connectMs ?? 0) - (times?.lookupMs ?? 0))
        : null,
    firstByteMs: status === null ? null : Math.max(0, (times?.firstByteMs ?? 0) - (times?.connectMs ?? 0)),
    totalMs: times && times.totalMs > 0 ? times.totalMs : tookMs,
    status,
    headers,
    body,
    encoding: headers['content-encoding'] ?? null,
    errorKind: error?.kind ?? kindOfStatus(status),
    errorMessage: error?.message ?? null,
  }
}

/** The address that was called, as far as it is known. */
export function calledAddress(report: TaskReport, place: TaskPlace): string | null {
  if (place.picked) return place.picked.address
  const only = report.addresses.length === 1 ? (report.addresses[0] ?? null) : null
  const told = report.remoteAddress ?? only
  return told === null ? null : canonicalAddress(told)
}

/**
 * Who answered a call through a proxy: the address is the proxy's own, so only the answer itself can say. null: it names nobody that
 * the map knows.
 */
const behindProxy = (outcome: CallOutcome, service: ServiceNode) => {
  const hostname = outcome.status === null ? null : readClaim(outcome.headers, outcome.body.toString('utf8'))
  const instance =
    hostname === null ? undefined : service.instances.find((one) => meansInstance(hostname, one))
  return { hostname, instance: instance ?? null }
}

/** The attempt of a call from a task. */
export function attemptFromTask(
  report: TaskReport,
  outcome: CallOutcome,
  place: TaskPlace,
  service: ServiceNode,
  of: { readonly atMs: number; readonly isProxied: boolean },
): AttemptFinished {
  const address = calledAddress(report, place)
  if (report.tool === null)
    return notCalled(0, of.atMs, {
      kind: 'no-program',
      message: 'curl, wget, node, python3, bash and nc are all missing.',
    })
  if (!of.isProxied && address !== null) {
    const picked: Callable = place.picked ?? {
      address,
      port: place.port,
      health: null,
      instanceId: null,
      refusal: null,
    }
    return toAttempt(0, of.atMs, picked, outcome, service)
  }
  const { hostname, instance } = behindProxy(outcome, service)
  return {
    type: 'attempt',
    index: 0,
    atMs: of.atMs,
    instanceId: instance?.id ?? null,
    taskId: instance?.taskId ?? null,
    address: instance?.address ?? address,
    port: instance?.port ?? place.port,
    status: outcome.status,
    latencyMs: outcome.totalMs,
    errorKind: outcome.errorKind,
    errorMessage:
      outcome.errorMessage ??
      (outcome.status !== null && outcome.errorKind ? `HTTP ${outcome.status}` : null),
    confirmedByHostname: instance ? true : null,
    hostname,
  }
}

/** An attempt whose session failed before anything came back. */
export const attemptNotEntered = (error: ExecError, atMs: number): AttemptFinished =>
  notCalled(0, atMs, {
    kind: error.problem === 'no-shell' ? 'no-program' : error.problem === 'timeout' ? 'deadline' : 'no-exec',
    message: error.message,
  })
