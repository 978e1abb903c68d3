import type { Refused } from '../plan'
import type { Answer } from './event'
import type { At } from './next'
import type { RunRecord } from './record'
import { changeStep, failStep, interruptedError, into, type StepChange, stepOf, stop } from './reduce-parts'
import { tokenOf } from './token'

const FINISHING = 'AWS to finish what it has begun'

/** What is shown of a step that AWS took: waiting while the run goes on, and an open end when it rests. */
function stateOfTaken(record: RunRecord, at: At, made: boolean, atMs: number): StepChange['state'] {
  if (record.run.state === 'undoing')
    // What was there before the run is left alone.
    return made ? into('undoing', atMs, { finishedAtMs: null }) : into('done', atMs, { finishedAtMs: atMs })
  if (at.step.after === null) return into('done', atMs, { finishedAtMs: atMs })
  if (record.run.state === 'running') return into('waiting', atMs, { waitingFor: FINISHING })
  return into('failed', atMs, { error: interruptedError, finishedAtMs: atMs })
}

/** AWS took the call: it answered so, or it was looked up. */
export function taken(record: RunRecord, stepId: string, answer: Answer, atMs: number): RunRecord {
  return changeStep(record, stepId, (at) => ({
    state: {
      ...stateOfTaken(record, at, answer.made, atMs),
      made: answer.made,
      requestId: answer.requestId ?? at.state.requestId,
      outputs: { ...at.state.outputs, ...answer.outputs },
    },
    memory: {
      taken: true,
      uncertain: false,
      operationId: answer.operationId,
      deploymentId: answer.deploymentId,
      settled: at.step.after === null,
    },
  }))
}

/** AWS may have taken the call. */
export const unknown = (
  record: RunRecord,
  stepId: string,
  atMs: number,
  error: Refused,
  requestId: string | null,
): RunRecord =>
  changeStep(record, stepId, ({ state }) => ({
    state: into('unknown', atMs, { error, made: null, requestId: requestId ?? state.requestId }),
    memory: { uncertain: true },
  }))

/**
 * Looked up, and AWS has not done it. Right after a lost answer the call may still arrive late, so the step stays uncertain and is looked
 * up again before anything else is done with it; after that it may be sent again.
 */
export function notFound(record: RunRecord, stepId: string, atMs: number): RunRecord {
  const { state } = stepOf(record, stepId)
  if (record.run.state === 'undoing')
    return changeStep(record, stepId, () => ({
      state: into('failed', atMs, { made: false, finishedAtMs: atMs }),
      memory: { uncertain: false },
    }))
  if (state.state !== 'unknown') return changeStep(record, stepId, () => ({ memory: { uncertain: false } }))
  const error = state.error ?? interruptedError
  return failStep(record, stepId, atMs, {
    code: error.code,
    message: `${error.message} AWS was looked at since: it was not done.`,
    remedy: 'Retry sends it again; it cannot be done twice.',
  })
}

/** It could not be told whether AWS took the call. */
export const lookUpFailed = (record: RunRecord, stepId: string, atMs: number, error: Refused): RunRecord =>
  stop(
    unknown(record, stepId, atMs, error, null),
    record.run.state === 'undoing' ? 'undo failed' : 'unknown',
    atMs,
  )

/** The wait after a call has ended well; one that AWS did not take cannot be done. */
export const settled = (
  record: RunRecord,
  stepId: string,
  outputs: Answer['outputs'],
  atMs: number,
): RunRecord =>
  changeStep(record, stepId, ({ state, memory }) => {
    if (!memory.taken) return {}
    const all = { outputs: { ...state.outputs, ...outputs } }
    return {
      state:
        record.run.state === 'undoing'
          ? { ...all, waitingFor: null }
          : into('done', atMs, { ...all, finishedAtMs: atMs }),
      memory: { settled: true },
    }
  })

/** A wait ended badly. `nothingMade`: the operation ended in FAIL and left nothing, so its token is used up. */
export function waitFailed(
  record: RunRecord,
  stepId: string,
  atMs: number,
  error: Refused,
  nothingMade: boolean,
): RunRecord {
  if (!nothingMade) return failStep(record, stepId, atMs, error)
  const changed = changeStep(record, stepId, ({ memory }) => ({
    state: { made: false },
    memory: {
      taken: false,
      uncertain: false,
      operationId: null,
      generation: memory.generation + 1,
      token: tokenOf(record.run.intentId, stepId, memory.generation + 1),
    },
  }))
  // An undo that finds that nothing was made has nothing left to do for this step.
  return record.run.state === 'undoing'
    ? changeStep(changed, stepId, () => ({ state: into('failed', atMs, { error, finishedAtMs: atMs }) }))
    : failStep(changed, stepId, atMs, error)
}
