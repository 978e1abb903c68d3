import type { RunSummary } from '@/lib/plan/journal'
import { askConsole } from '../wizard/ask-console'

/** The newest runs. Throws an `Error` whose message is for a person. */
export async function readRuns(signal: AbortSignal): Promise<readonly RunSummary[]> {
  const answer = await askConsole('/api/runs', { signal })
  if (typeof answer !== 'object' || answer === null || !('runs' in answer) || !Array.isArray(answer.runs))
    throw new Error('The console answered something that is no list of plans.')
  return answer.runs
}
