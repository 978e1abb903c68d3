import 'server-only'
import type { PlanClients } from './commands/runner'
import type { PlanStep } from './plan'
import { readFacts } from './read-seen'
import type { Seen } from './seen'
import { subjectOfStep } from './subject-of-step'

/** What is there now of all that an imported plan touches, so that a run notices when it changes. Throws the SDK's error. */
export async function readSeenOf(clients: PlanClients, steps: readonly PlanStep[]): Promise<readonly Seen[]> {
  const subjects = steps.flatMap((step) => subjectOfStep(step) ?? [])
  return Promise.all(
    subjects.map(async (subject) => ({ subject, facts: await readFacts(clients, { subject, facts: null }) })),
  )
}
