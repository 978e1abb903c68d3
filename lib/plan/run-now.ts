import 'server-only'
import { begin, type Wanted } from './begin'
import { currentRunner } from './current-runner'
import type { Planned, Refused } from './plan'
import { RunRefused } from './run-refused'
import type { Run } from './run-state'
import type { Difference } from './seen'

export type Changed = {
  readonly runId: string
  readonly title: string
  readonly sentences: readonly string[]
}

const sentenceOf = ({ subject, fact, saw, is }: Difference): string =>
  `${subject}: ${fact} was ${saw} and is ${is}.`

/** Why a run that rests did not do what it should; null: it did, or AWS is still at it. */
export function whyNotDone(run: Run): Refused | null {
  if (run.state === 'stale')
    return {
      code: 'ChangedMeanwhile',
      message: `Somebody was faster. ${run.differences.map(sentenceOf).join(' ')}`,
      remedy: 'Nothing was changed. Look at it as it is now and decide again.',
    }
  if (run.state === 'done' || run.state === 'running') return null
  const error = run.error ?? run.steps.find((step) => step.error)?.error
  return (
    error ?? {
      code: 'NotDone',
      message: 'The change was not done.',
      remedy: 'Look at the run of this change.',
    }
  )
}

/** A change of one click: begins it, and answers once AWS has taken its calls. Throws `RunRefused`. */
export async function runNow(wanted: Wanted, makePlan: () => Promise<Planned>): Promise<Changed> {
  const runner = currentRunner()
  const { runId } = await begin(runner, wanted, makePlan)
  const run = await runner.taken(runId)
  const refused = whyNotDone(run)
  if (refused) throw new RunRefused(refused)
  return { runId, title: run.plan.title, sentences: run.plan.steps.map(({ sentence }) => sentence) }
}
