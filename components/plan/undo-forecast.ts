import type { PlanStep } from '@/lib/plan/plan'
import type { Run, StepRun } from '@/lib/plan/run-state'

export type UndoForecast = {
  /** What is taken back, in the order in which it happens: last step first. */
  readonly takesBack: readonly { readonly stepId: string; readonly text: string }[]
  /** What stays as it is, and why. */
  readonly leaves: readonly { readonly stepId: string; readonly text: string }[]
}

/** What an undo of this run would do, before it is done. Steps that never ran are not mentioned: there is nothing of them. */
export function forecastUndo(run: Run): UndoForecast {
  const steps = run.plan.steps.flatMap((planned) => {
    const step = run.steps.find((each) => each.stepId === planned.id)
    return step ? [{ planned, step }] : []
  })
  const takesBack: { stepId: string; text: string }[] = []
  const leaves: { stepId: string; text: string }[] = []
  for (const { planned, step } of steps.toReversed()) {
    const isTaken = wasSent(step) && step.made !== false && planned.undo.possible && step.state !== 'undone'
    if (isTaken) takesBack.push({ stepId: planned.id, text: takeBack(planned, step) })
    const why = isTaken ? null : reasonToLeave(planned, step)
    if (why !== null) leaves.push({ stepId: planned.id, text: why })
  }
  return { takesBack, leaves }
}

/** AWS may know of it: an unknown outcome counts, a failed call made nothing. */
const wasSent = (step: StepRun) => step.made === true || step.state === 'unknown'

const takeBack = (planned: PlanStep, step: StepRun) =>
  step.state === 'unknown'
    ? `${planned.undo.sentence} Only if it turns out that AWS did it.`
    : planned.undo.sentence

function reasonToLeave(planned: PlanStep, step: StepRun): string | null {
  if (step.state === 'undone') return null
  if (step.made === false) return `${planned.sentence} It was there before this run, so it stays.`
  return wasSent(step) && !planned.undo.possible ? `${planned.sentence} ${planned.undo.sentence}` : null
}
