import type { Run } from '@/lib/plan/run-state'
import { StepRow } from './step-row'

/** The steps of a run, in their order. */
export function StepList({ run }: { run: Run }) {
  const states = new Map(run.steps.map((step) => [step.stepId, step]))
  return (
    <ol aria-label="Steps" className="flex flex-col">
      {run.plan.steps.map((planned, at) => {
        const step = states.get(planned.id)
        return (
          step && (
            <StepRow
              key={planned.id}
              planned={planned}
              step={step}
              number={at + 1}
              isLast={at === run.plan.steps.length - 1}
            />
          )
        )
      })}
    </ol>
  )
}
