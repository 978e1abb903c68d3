import type { StepRun } from '@/lib/plan/run-state'
import { formatAge, formatDuration } from '../ui/age'

/** The time at a step's right: how long it took, or how long it has been at it; null when there is none to tell. */
export function stepTime(step: StepRun, nowMs: number): string | null {
  const { state, startedAtMs, finishedAtMs } = step
  // Its end is the end of the undo, which says nothing of how long the step took.
  if (startedAtMs === null || state === 'undone' || state === 'undo failed') return null
  // It was made long before it is taken back.
  if (state === 'undoing') return formatAge(nowMs - step.sinceMs)
  if (finishedAtMs !== null) return formatDuration(finishedAtMs - startedAtMs)
  return isUnderWay(step) ? formatAge(nowMs - startedAtMs) : null
}

export const isUnderWay = ({ state }: StepRun): boolean =>
  state === 'running' || state === 'waiting' || state === 'undoing'

/** What is waited for and since when: `waiting for both tasks of web to run · 4.0 s`. */
export function waitingSentence(step: StepRun, nowMs: number): string | null {
  if (step.waitingFor === null || !isUnderWay(step)) return null
  return `waiting for ${step.waitingFor} · ${formatAge(nowMs - step.sinceMs)}`
}
