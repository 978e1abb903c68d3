import type { PlanStep } from '@/lib/plan/plan'
import type { Run, StepRun } from '@/lib/plan/run-state'

export type UndoItem = {
  readonly stepId: string
  /** What happens to it, or why nothing does. */
  readonly text: string
  /** What the step did. */
  readonly of: string
}

export type UndoForecast = {
  /** What is taken back, in the order in which it happens: last step first. */
  readonly takesBack: readonly UndoItem[]
  /** What stays as it is, and why. */
  readonly leaves: readonly UndoItem[]
}

/** What an undo of this run would do, before it is done. Steps of which there is nothing are not mentioned. */
export function forecastUndo(run: Run): UndoForecast {
  const takesBack: UndoItem[] = []
  const leaves: UndoItem[] = []
  for (const planned of run.plan.steps.toReversed()) {
    const step = run.steps.find((each) => each.stepId === planned.id)
    if (!step || step.state === 'undone') continue
    const item = { stepId: planned.id, of: planned.sentence }
    if (wasSent(step)) {
      const list = planned.undo.possible ? takesBack : leaves
      for (const text of [undoText(planned, step), ...callTexts(planned)]) list.push({ ...item, text })
    } else if (step.state === 'done')
      leaves.push({ ...item, text: 'It was there before this run, so it stays.' })
  }
  return { takesBack, leaves }
}

/** AWS may know of it: an unknown outcome counts, a failed call made nothing. */
const wasSent = (step: StepRun) => step.made === true || step.state === 'unknown'

/** What its undo does besides. */
const callTexts = ({ undo }: PlanStep): readonly string[] =>
  undo.possible ? undo.calls.flatMap(({ sentence }) => sentence ?? []) : []

const undoText = (planned: PlanStep, step: StepRun) =>
  planned.undo.possible && step.state === 'unknown'
    ? `${planned.undo.sentence} Only if it turns out that AWS did it.`
    : planned.undo.sentence
