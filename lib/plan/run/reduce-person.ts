import type { Refused } from '../plan'
import type { At } from './next'
import type { RunRecord } from './record'
import { changeRun, changeSteps, interruptedError, into, type StepChange, stop } from './reduce-parts'

/** Nothing goes on with a step by itself, so it cannot stay under way. */
function restStep({ state, memory }: At, atMs: number, error: Refused): StepChange {
  const unknown: StepChange = {
    state: into('unknown', atMs, { error, made: null }),
    memory: { uncertain: true },
  }
  switch (state.state) {
    case 'running':
      // Sent, as far as can be known: the row that says so is written before.
      return unknown
    case 'queued':
      return memory.uncertain ? unknown : {}
    case 'waiting':
      if (memory.taken) return { state: into('failed', atMs, { error, finishedAtMs: atMs }) }
      return memory.uncertain ? unknown : { state: into('queued', atMs) }
    case 'undoing':
      return {
        state: into('undo failed', atMs, { error, finishedAtMs: atMs }),
        memory: { undo: { ...memory.undo, uncertain: !memory.undo.taken } },
      }
    default:
      return {}
  }
}

/** The console that ran it is gone: nothing goes on by itself. A run that rests stays as it is. */
export function interrupt(record: RunRecord, atMs: number): RunRecord {
  const { state } = record.run
  if (state !== 'running' && state !== 'undoing') return record
  return stop(
    changeSteps(record, (at) => restStep(at, atMs, interruptedError)),
    state === 'undoing' ? 'undo failed' : 'interrupted',
    atMs,
  )
}

/** Nothing can be sent now, and no step is at fault; one that was under way rests with the reason. */
export function halt(record: RunRecord, atMs: number, error: Refused): RunRecord {
  const rested = changeSteps(record, (at) => restStep(at, atMs, error))
  return stop(changeRun(rested, { error }), record.run.state === 'undoing' ? 'undo failed' : 'failed', atMs)
}

/** Goes on at the first step that is not done. */
export function retry(record: RunRecord, atMs: number): RunRecord {
  const ready = changeSteps(record, ({ state, memory }) => {
    if (state.state === 'done') return {}
    return memory.taken
      ? {
          state: into('waiting', atMs, { waitingFor: 'AWS to finish what it has begun', finishedAtMs: null }),
          // Somebody may have started another deployment since, to put things right.
          memory: { deploymentId: null },
        }
      : { state: into('queued', atMs, { finishedAtMs: null }) }
  })
  return changeRun(ready, { state: 'running', finishedAtMs: null, error: null })
}

/** Begins to take back what was made, or goes on with it. */
export function undo(record: RunRecord, atMs: number): RunRecord {
  const ready = changeSteps(record, ({ state }) =>
    state.state === 'undo failed' ? { state: into('undoing', atMs, { finishedAtMs: null }) } : {},
  )
  return changeRun(ready, { state: 'undoing', finishedAtMs: null, error: null })
}
