import type { OperationType } from '@aws-sdk/client-servicediscovery'
import type { Context } from '../context'
import type { CloudMapState, OperationRecord } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'

/** Why an accepted operation failed in the end: one of the ErrorCodes of the API's `Operation`. */
type OperationFailure = { readonly code: string; readonly message: string }

/** An asynchronous change, checked and ready to be made. */
export type Work = {
  readonly type: OperationType
  /** The API operation that asks for it, for example `CreateHttpNamespace`. */
  readonly action: string
  /** What GetOperation shows as Targets, for example `{ NAMESPACE: 'ns-…' }`. */
  readonly targets: Readonly<Record<string, string>>
  /** What it works on, for example `SERVICE srv-…`. One operation at a time works on it. */
  readonly lock: string
  /** The caller's CreatorRequestId or UpdaterRequestId. */
  readonly requestId?: string | undefined
  /** Makes the whole change at once, or says why it cannot be made and changes nothing. */
  apply(): OperationFailure | undefined
}

/** AWS keeps operations for a while; here the oldest finished ones go when there are more than this. */
const maxOperations = 5_000

/**
 * Starts an asynchronous operation: SUBMITTED, then PENDING, then SUCCESS or FAIL after `operationDelayMs`. The change
 * itself happens in one go at the end. Throws `DuplicateRequest` when another operation works on the same thing, or when
 * the same request id was used before by an operation that did not fail.
 */
export function submitOperation(context: Context, work: Work): { OperationId: string } {
  const { clock, config, ids } = context
  const state = context.state.cloudMap
  // One scope per kind of target: the same request id may well be used for different services.
  const requestKey = work.requestId
    ? `${work.type} ${work.targets.SERVICE ?? ''} ${work.requestId}`
    : undefined
  refuseDuplicate(state, work, requestKey)

  const now = clock.now()
  const operation: OperationRecord = {
    id: `${ids.alphanumeric(32)}-${ids.alphanumeric(8)}`,
    type: work.type,
    status: 'SUBMITTED',
    createdAtMs: now,
    updatedAtMs: now,
    targets: work.targets,
    creatorRequestId: work.requestId,
  }
  state.operations.set(operation.id, operation)
  state.running.set(work.lock, operation.id)
  if (requestKey) state.requests.set(requestKey, operation.id)
  forgetOldest(state)

  const fault = context.faults.forOperation(`servicediscovery:${work.action}`)
  const end = (): void => {
    if (fault?.kind === 'hold-operation') fault.whenCleared(() => finish(context, work, operation))
    else finish(context, work, operation, fault && { code: fault.errorCode, message: fault.errorMessage })
  }
  const pendingAfterMs = Math.floor(config.operationDelayMs / 3)
  clock.after(pendingAfterMs, () => {
    operation.status = 'PENDING'
    operation.updatedAtMs = clock.now()
    clock.after(config.operationDelayMs - pendingAfterMs, end)
  })
  return { OperationId: operation.id }
}

function finish(
  context: Context,
  work: Work,
  operation: OperationRecord,
  wantedFailure?: OperationFailure,
): void {
  const failure = wantedFailure ?? applySafely(context, work)
  operation.status = failure ? 'FAIL' : 'SUCCESS'
  operation.errorCode = failure?.code
  operation.errorMessage = failure?.message
  operation.updatedAtMs = context.clock.now()
  context.state.cloudMap.running.delete(work.lock)
}

/** This runs from a timer, where an exception would end the process. */
function applySafely(context: Context, work: Work): OperationFailure | undefined {
  try {
    return work.apply()
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    context.log('error', `Cloud Map ${work.type} failed inside the local cloud: ${told}`)
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
