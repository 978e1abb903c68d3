import 'server-only'
import type { PlanClients } from '../commands/runner'
import { asLeft, changedSinceWords, touchedByUndo } from '../left'
import { readDifferences, readFacts } from '../read-seen'
import { type RunRefused, refuse } from '../run-refused'
import type { RunContext } from './context'
import { resolvedInput } from './inputs'
import type { RunRecord } from './record'

/** Keeps what a run that is done leaves behind. What cannot be read now is not compared later; that is no reason for the run to fail. */
export async function keepLeft(context: RunContext): Promise<void> {
  const { run, left } = context.record()
  if (run.state !== 'done' || left !== null) return
  try {
    const clients = context.target.clients()
    const subjects = touchedByUndo(run, (input) => resolvedInput(context, input))
    const seen = await Promise.all(
      subjects.map(async (subject) => asLeft(subject, await readFacts(clients, { subject, facts: null }))),
    )
    context.tell({ type: 'left', atMs: context.time.now(), left: seen })
  } catch (error) {
    console.error('what a run left behind could not be read:', error)
  }
}

/** Why an undo would go over what somebody did since the run was done; null: nothing was done. Throws the SDK's errors. */
export async function refusalOfChanges(clients: PlanClients, record: RunRecord): Promise<RunRefused | null> {
  // An undo that goes on, or takes back what a failed run made, finds its own traces.
  if (record.run.state !== 'done') return null
  const differences = await readDifferences(clients, record.left ?? [])
  if (differences.length === 0) return null
  return refuse(
    'ChangedSince',
    `Somebody changed what this run made: ${changedSinceWords(differences)}.`,
    'Nothing was sent. Undo the later change first, or undo this all the same and lose the later change.',
  )
}
