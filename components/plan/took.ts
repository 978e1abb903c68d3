import type { Run } from '@/lib/plan/run-state'
import { formatAge, formatDuration } from '../ui/age'
import { isMoving } from './run-words'

/**
 * How long a run took, or has been at it: `took 2.4 s`, `running for 12 s`. null where there is none to tell: a stale one sent nothing, and
 * an undone one ended when somebody took it back, maybe days later.
 */
export function tookWords(
  { state, startedAtMs, finishedAtMs }: Pick<Run, 'state' | 'startedAtMs' | 'finishedAtMs'>,
  nowMs: number,
): { readonly lead: 'took' | 'running for'; readonly time: string } | null {
  if (state === 'stale' || state === 'undoing' || state === 'undone' || state === 'undo failed') return null
  if (finishedAtMs !== null) return { lead: 'took', time: formatDuration(finishedAtMs - startedAtMs) }
  return isMoving(state) ? { lead: 'running for', time: formatAge(nowMs - startedAtMs) } : null
}
