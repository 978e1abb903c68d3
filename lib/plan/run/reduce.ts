import type { RunEvent } from './event'
import { mustUndo, stepsOf } from './next'
import type { RunRecord } from './record'
import { changeRun, changeStep, failStep, into, stop } from './reduce-parts'
import { halt, interrupt, retry, undo } from './reduce-person'
import { lookUpFailed, notFound, settled, taken, unknown, waitFailed } from './reduce-step'
import {
  undoAnswered,
  undoCallDone,
  undoFailed,
  undoLookedBefore,
  undoNoAnswer,
  undoNotTaken,
  undoSending,
} from './reduce-undo'

function waiting(record: RunRecord, stepId: string, words: string, atMs: number): RunRecord {
  const waitState = record.run.state === 'undoing' ? 'undoing' : 'waiting'
  return changeStep(record, stepId, ({ state, memory }) => ({
    state:
      // What is looked for stays unknown until it is found or not.
      state.state === waitState || (state.state === 'unknown' && !memory.taken)
        ? { waitingFor: words }
        : into(waitState, atMs, { waitingFor: words, startedAtMs: state.startedAtMs ?? atMs }),
  }))
}

function apply(record: RunRecord, event: RunEvent): RunRecord {
  const { atMs } = event
  switch (event.type) {
    case 'checked':
      return event.differences.length > 0
        ? stop(changeRun(record, { differences: event.differences }), 'stale', atMs)
        : { ...record, checked: true }
    case 'halted':
      return halt(record, atMs, event.error)
    case 'left':
      return { ...record, left: event.left }
    case 'interrupted':
      return interrupt(record, atMs)
    case 'retry wanted':
      return retry(record, atMs)
    case 'undo wanted':
      return undo(record, atMs)
    case 'waiting':
      return waiting(record, event.stepId, event.words, atMs)
    case 'waited before':
      return changeStep(record, event.stepId, () => ({ memory: { waitedBefore: true } }))
    case 'looked before':
      return changeStep(record, event.stepId, () => ({ memory: { lookedBefore: true, before: event.facts } }))
    case 'sending':
      return changeStep(record, event.stepId, ({ state, memory }) => ({
        state: into('running', atMs, {
          startedAtMs: state.startedAtMs ?? atMs,
          attempts: state.attempts + 1,
        }),
        memory: { sentAtMs: memory.sentAtMs ?? atMs },
      }))
    case 'answered':
    case 'found':
      return taken(record, event.stepId, event.answer, atMs)
    case 'refused':
      return failStep(
        changeStep(record, event.stepId, ({ state, memory }) => ({
          // A step that AWS took stays made, whatever cannot be done with it afterwards.
          state: {
            made: memory.taken ? state.made : false,
            requestId: event.requestId ?? state.requestId,
          },
        })),
        event.stepId,
        atMs,
        event.error,
      )
    case 'no answer':
      return unknown(record, event.stepId, atMs, event.error, event.requestId)
    case 'not found':
      return notFound(record, event.stepId, atMs)
    case 'look-up failed':
      return lookUpFailed(record, event.stepId, atMs, event.error)
    case 'settled':
      return settled(record, event.stepId, event.outputs, atMs)
    case 'wait failed':
      return waitFailed(record, event.stepId, atMs, event.error, event.nothingMade)
    case 'undo looked before':
      return undoLookedBefore(record, event.stepId, event.facts)
    case 'undo sending':
      return undoSending(record, event.stepId, atMs)
    case 'undo answered':
      return undoAnswered(record, event.stepId, event.operationId, atMs)
    case 'undo waited':
      return undoCallDone(record, event.stepId, atMs)
    case 'undo no answer':
      return undoNoAnswer(record, event.stepId, event.error)
    case 'undo not taken':
      return undoNotTaken(record, event.stepId, atMs)
    case 'undo not known':
      return failStep(record, event.stepId, atMs, event.error)
    case 'undo failed':
      return undoFailed(record, event.stepId, atMs, event.error)
  }
}

/** A run whose last step is done, or has nothing left to take back, has ended. A look at a resting run may end it too. */
function end(record: RunRecord, atMs: number): RunRecord {
  const { state, steps } = record.run
  if (state === 'undoing') return stepsOf(record).some(mustUndo) ? record : stop(record, 'undone', atMs)
  const isOpen = state === 'running' || state === 'interrupted' || state === 'unknown' || state === 'failed'
  if (isOpen && record.checked && steps.every((step) => step.state === 'done'))
    return stop(record, 'done', atMs)
  return record
}

/** The run after an event. Pure; throws only for a step that the plan does not have. */
export function reduce(record: RunRecord, event: RunEvent): RunRecord {
  const changed = end(apply(record, event), event.atMs)
  return changed === record ? record : { ...changed, version: record.version + 1 }
}
