import 'server-only'
import type { Plan, Planned } from './plan'
import type { Actor } from './run/record'
import { RunRefused } from './run-refused'
import type { Runner } from './runner'
import type { Seen } from './seen'

/** What a person has decided to do. */
export type Wanted = {
  readonly kind: string
  /** One per intent: asked again with the same one, nothing runs twice. */
  readonly intentId: string
  /** What was on the screen; what it leaves out is taken as it is now. */
  readonly seen: readonly Seen[]
  /** For a destructive plan: the name that was typed. */
  readonly confirm: string | null
  readonly by: Actor
}

const keyOf = ({ subject }: Seen): string => JSON.stringify(Object.entries(subject).sort())

/** What the person saw counts; the plan's own view fills in what the screen did not say. */
export function mergeSeen(onScreen: readonly Seen[], ofPlan: readonly Seen[]): readonly Seen[] {
  const known = new Set(onScreen.map(keyOf))
  return [...onScreen, ...ofPlan.filter((seen) => !known.has(keyOf(seen)))]
}

const shown = (text: string | null): string => (text ? `“${text.slice(0, 100)}”` : 'nothing')

function confirmed(plan: Plan, confirm: string | null): void {
  if (plan.confirm === confirm) return
  throw new RunRefused({
    code: 'NotConfirmed',
    message:
      plan.confirm === null
        ? `This change asks for no name, and ${shown(confirm)} was typed.`
        : `The name to type is “${plan.confirm}”; ${shown(confirm)} was typed.`,
    remedy: 'Nothing was sent. Look at what the change does now and type the name as it stands there.',
  })
}

/**
 * Makes the plan anew from the world as it is, and begins it. Throws `RunRefused` when there is no plan, when it was not confirmed, or when
 * it may not run.
 */
export async function begin(
  runner: Runner,
  wanted: Wanted,
  makePlan: () => Promise<Planned>,
): Promise<{ readonly runId: string }> {
  const known = await runner.runOfIntent(wanted.intentId)
  if (known !== null) return { runId: known }
  const planned = await makePlan()
  if (!planned.ok) {
    const { code, message, remedy } = planned
    throw new RunRefused({ code, message, remedy })
  }
  confirmed(planned.plan, wanted.confirm)
  const plan = { ...planned.plan, seen: mergeSeen(wanted.seen, planned.plan.seen) }
  const { intentId, kind, by } = wanted
  return runner.start({ intentId, kind, plan, by })
}
