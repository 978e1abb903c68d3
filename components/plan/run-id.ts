import type { ActionOutcome } from '../inspector/service-actions'

/** The run that an action has started; null when it started none. */
export function runIdIn(outcome: ActionOutcome | undefined): string | null {
  const data = outcome?.data
  if (typeof data !== 'object' || data === null || !('runId' in data)) return null
  return typeof data.runId === 'string' ? data.runId : null
}
