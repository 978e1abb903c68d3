import 'server-only'
import { currentFeed } from '@/lib/feed/feed'
import { currentTarget } from '@/lib/target/current'
import { holeFromError } from '@/lib/target/hole'
import type { Plan, Planned, Refused } from './plan'
import { runPlan } from './run'

/** A change that was not made, or not wholly; the page shows its code, message and remedy. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused'
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.message)
    this.refused = refused
  }
}

export type Changed = { readonly title: string; readonly sentences: readonly string[] }

async function planned<T>(
  operation: string,
  read: () => Promise<T>,
  decide: (fresh: T) => Planned,
): Promise<Plan> {
  let fresh: T
  try {
    fresh = await read()
  } catch (error) {
    const hole = holeFromError(error, { operation, subject: null }, currentTarget().settings, Date.now())
    throw new ChangeRefused({ code: hole.errorName, message: hole.message, remedy: hole.remedy })
  }
  const plan = decide(fresh)
  if (!plan.ok) throw new ChangeRefused({ code: plan.code, message: plan.message, remedy: plan.remedy })
  return plan.plan
}

/**
 * The way of every change: read what it is about as it is now, let the pure change decide, run its plan, look at once. Throws
 * `ChangeRefused`.
 */
export async function change<T>(
  /** The IAM action of the read, for the message when it fails. */
  operation: string,
  read: () => Promise<T>,
  decide: (fresh: T) => Planned,
): Promise<Changed> {
  const plan = await planned(operation, read, decide)
  const result = await runPlan(plan, currentTarget(), Date.now)
  // Also after a failure: what is on the screen may be wrong now. The answer does not wait for it.
  if (result.outcome !== 'refused') void currentFeed().lookAfterChange()
  if (result.error) throw new ChangeRefused(result.error)
  return { title: plan.title, sentences: plan.steps.map((step) => step.sentence) }
}
