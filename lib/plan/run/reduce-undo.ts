import type { Refused, UndoCall } from '../plan'
import type { Facts } from '../seen'
import type { At } from './next'
import type { RunRecord, UndoMemory } from './record'
import { changeStep, failStep, into, stepOf } from './reduce-parts'

const nothingSent = { taken: false, uncertain: false, operationId: null }

/** The undo call whose turn it is; null after the last. */
export const undoCallOf = ({ step, memory }: At): UndoCall | null =>
  (step.undo.possible ? step.undo.calls[memory.undo.callsDone] : undefined) ?? null

const remember = (record: RunRecord, stepId: string, undo: Partial<UndoMemory>): RunRecord =>
  changeStep(record, stepId, ({ memory }) => ({ memory: { undo: { ...memory.undo, ...undo } } }))

/** One undo call is wholly done; after the last one the step is undone. */
export const undoCallDone = (record: RunRecord, stepId: string, atMs: number): RunRecord =>
  changeStep(record, stepId, ({ step, memory }) => {
    const callsDone = memory.undo.callsDone + 1
    const isLast = !step.undo.possible || callsDone >= step.undo.calls.length
    return {
      state: isLast ? into('undone', atMs, { finishedAtMs: atMs }) : { error: null, waitingFor: null },
      memory: { undo: { ...nothingSent, lookedBefore: false, before: null, callsDone } },
    }
  })

/** Looked at before the first sending of an undo call: it is not under way. */
export const undoLookedBefore = (record: RunRecord, stepId: string, before: Facts | null): RunRecord =>
  remember(record, stepId, { lookedBefore: true, before, uncertain: false })

export const undoSending = (record: RunRecord, stepId: string, atMs: number): RunRecord =>
  changeStep(record, stepId, ({ state }) =>
    state.state === 'undoing' ? {} : { state: into('undoing', atMs, { finishedAtMs: null }) },
  )

/** AWS took the undo call, or what it deletes was gone already. */
export function undoAnswered(
  record: RunRecord,
  stepId: string,
  operationId: string | null,
  atMs: number,
): RunRecord {
  const took = changeStep(record, stepId, ({ memory }) => ({
    state: { error: null },
    memory: { undo: { ...memory.undo, taken: true, uncertain: false, operationId } },
  }))
  return undoCallOf(stepOf(took, stepId))?.wait ? took : undoCallDone(took, stepId, atMs)
}

export const undoNoAnswer = (record: RunRecord, stepId: string, error: Refused): RunRecord =>
  changeStep(record, stepId, ({ memory }) => ({
    state: { error },
    memory: { undo: { ...memory.undo, uncertain: true } },
  }))

/** Looked up, and AWS did not do it: an undo that goes on sends it again, one that just lost the answer stops. */
export function undoNotTaken(record: RunRecord, stepId: string, atMs: number): RunRecord {
  const { error } = stepOf(record, stepId).state
  const fresh = remember(record, stepId, nothingSent)
  return error ? failStep(fresh, stepId, atMs, error) : fresh
}

/** A wait or an operation of an undo call ended badly: the next undo sends the call again. */
export const undoFailed = (record: RunRecord, stepId: string, atMs: number, error: Refused): RunRecord =>
  failStep(remember(record, stepId, nothingSent), stepId, atMs, error)
