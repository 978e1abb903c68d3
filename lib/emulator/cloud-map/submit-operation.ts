import type { Context } from '../context'
import type { CloudMapState, OperationChange, OperationRecord } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import { applyChange, type OperationFailure } from './apply-change'

/** An asynchronous change, checked and ready to be made. */
export type Work = {
  /** The API operation that asks for it, for example `CreateHttpNamespace`. */
  readonly action: string
  /** What GetOperation shows as Targets, for example `{ NAMESPACE: 'ns-…' }`. */
  readonly targets: Readonly<Record<string, string>>
  /** What it works on, for example `SERVICE srv-…`. One operation at a time works on it. */
  readonly lock: string
  /** The caller's CreatorRequestId or UpdaterRequestId. */
  readonly requestId?: string | undefined
  readonly change: OperationChange
}

/** AWS keeps operations for a while; here the oldest finished ones go when there are more than this. */
const maxOperations = 5_000

/**
 * Starts an asynchronous operation: SUBMITTED, then PENDING, then SUCCESS or FAIL after `operationDelayMs`. The change
 * itself happens in one go at the end. Throws `DuplicateRequest` when another operation works on the same thing, or when
 * the same request id was used before by an operation that did not fail.
 */
export function submitOperation(context: Context, work: Work): { OperationId: string } {
  const { clock, ids } = context
  const state = context.state.cloudMap
  // One scope per kind of target: the same request id may well be used for different services.
  const requestKey = work.requestId
    ? `${work.change.type} ${work.targets.SERVICE ?? ''} ${work.requestId}`
    : undefined
  refuseDuplicate(state, work, requestKey)

  const now = clock.now()
  const operation: OperationRecord = {
    id: `${ids.alphanumeric(32)}-${ids.alphanumeric(8)}`,
    type: work.change.type,
    status: 'SUBMITTED',
    createdAtMs: now,
    updatedAtMs: now,
    targets: work.targets,
    creatorRequestId: work.requestId,
    work: { lock: work.lock, change: work.change },
  }
  state.operations.set(operation.id, operation)
  state.running.set(work.lock, operation.id)
  if (requestKey) state.requests.set(requestKey, operation.id)
  forgetOldest(state)

  const fault = context.faults.forOperation(`servicediscovery:${work.action}`)
  schedule(context, operation.id, () => {
    if (fault?.kind === 'hold-operation') fault.whenCleared(() => finish(context, operation.id))
    else finish(context, operation.id, fault && { code: fault.errorCode, message: fault.errorMessage })
  })
  return { OperationId: operation.id }
}

/** Lets the operations that were under way when the local cloud ended go on; call it once after a restart. */
export function resumeOperations(context: Context): void {
  for (const { id, work } of context.state.cloudMap.operations.values())
    if (work) schedule(context, id, () => finish(context, id))
}

/** First to PENDING, then, after `operationDelayMs` in all, to its end. */
function schedule({ clock, config, state }: Context, id: string, end: () => void): void {
  const pendingAfterMs = Math.floor(config.operationDelayMs / 3)
  clock.after(pendingAfterMs, () => {
    const operation = state.cloudMap.operations.get(id)
    if (!operation) return
    operation.status = 'PENDING'
    operation.updatedAtMs = clock.now()
    clock.after(config.operationDelayMs - pendingAfterMs, end)
  })
}

function finish(context: Context, id: string, wantedFailure?: OperationFailure): void {
  const operation = context.state.cloudMap.operations.get(id)
  if (!operation?.work) return
  const { lock, change } = operation.work
  const failure = wantedFailure ?? applySafely(context, change)
  operation.status = failure ? 'FAIL' : 'SUCCESS'
  operation.errorCode = failure?.code
  operation.errorMessage = failure?.message
  operation.updatedAtMs = context.clock.now()
  operation.work = undefined
  context.state.cloudMap.running.delete(lock)
}

/** This runs from a timer, where an exception would end the process. */
function applySafely(context: Context, change: OperationChange): OperationFailure | undefined {
  try {
    return applyChange(context, change)
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    context.log('error', `Cloud Map ${change.type} failed inside the local cloud: ${told}`)
    return { code: 'INTERNAL_FAILURE', message: 'The local cloud failed; its own output says why.' }
  }
}

function refuseDuplicate(state: CloudMapState, work: Work, requestKey: string | undefined): void {
  const runningId = state.running.get(work.lock)
  if (runningId) throw duplicate(state, runningId)
  const earlierId = requestKey ? state.requests.get(requestKey) : undefined
  // A failed request may be tried again with the same id; that is what the id is for.
  if (earlierId && state.operations.get(earlierId)?.status !== 'FAIL') throw duplicate(state, earlierId)
}

function duplicate(state: CloudMapState, operationId: string): ApiError {
  const operation = state.operations.get(operationId)
  const ended = operation?.status === 'SUCCESS' ? 'has completed' : 'is in progress'
  return new ApiError(
    'DuplicateRequest',
    `Another operation of type ${operation?.type} and id ${operationId} ${ended}`,
    { DuplicateOperationId: operationId },
  )
}

function forgetOldest(state: CloudMapState): void {
  if (state.operations.size <= maxOperations) return
  for (const [id, { status }] of state.operations) {
    if (status !== 'SUCCESS' && status !== 'FAIL') continue
    state.operations.delete(id)
    for (const [key, operationId] of state.requests) if (operationId === id) state.requests.delete(key)
    return
  }
}
