import type { PlanStep } from '@/lib/plan/plan'
import { StepMark } from './step-mark'

/** More than these scroll by themselves, so that what else is in a dialog stays in sight. */
const mostInSight = 6

type PlannedStepsProps = {
  steps: readonly PlanStep[]
  /** There is room for all of them. */
  isWhole?: boolean
}

/** The calls of a plan that has not run: what will be sent, in order. */
export function PlannedSteps({ steps, isWhole }: PlannedStepsProps) {
  const isLong = !isWhole && steps.length > mostInSight
  return (
    <section
      aria-label="What will be sent"
      tabIndex={isLong ? 0 : undefined}
      className={isLong ? 'max-h-[max(180px,34vh)] overflow-auto' : undefined}
    >
      <ol className="flex flex-col gap-2">
        {steps.map((step, at) => (
          <li key={step.id} data-planned-step={step.id} className="flex gap-2.5">
            <StepMark state="queued" number={at + 1} />
            <span className="flex min-w-0 flex-col">
              <span className="wrap-anywhere text-ink text-sm">{step.sentence}</span>
              <span className="font-mono text-2xs text-ink-soft">{step.command}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
