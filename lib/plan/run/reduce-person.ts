import type { At } from './next'
import type { RunRecord } from './record'
import { changeRun, changeSteps, interruptedError, into, type StepChange, stop } from './reduce-parts'

function interruptStep({ state, memory }: At, atMs: number): StepChange {
  switch (state.state) {
    case 'running':
      // Sent, as far as can be known: the row that says so is written before.
      return {
        state: into('unknown', atMs, { error: interruptedError, made: null }),
        memory: { uncertain: true },
      }
    case 'waiting':
      return memory.taken
        ? { state: into('failed', atMs, { error: interruptedError, finishedAtMs: atMs }) }
        : { state: into('queued', atMs) }
    case 'undoing':
      return {
        state: into('undo failed', atMs, { error: interruptedError, finishedAtMs: atMs }),
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
    changeSteps(record, (at) => interruptStep(at, atMs)),
    state === 'undoing' ? 'undo failed' : 'interrupted',
    atMs,
  )
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
