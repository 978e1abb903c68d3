import type { PlanStep } from '@/lib/plan/plan'
import { StepMark } from './step-mark'

/** The calls of a plan that has not run: what will be sent, in order. */
export function PlannedSteps({ steps }: { steps: readonly PlanStep[] }) {
  return (
    <ol aria-label="What will be sent" className="flex flex-col gap-2">
      {steps.map((step, at) => (
        <li key={step.id} className="flex gap-2.5">
          <StepMark state="queued" number={at + 1} />
          <span className="flex min-w-0 flex-col">
            <span className="wrap-anywhere text-ink text-sm">{step.sentence}</span>
            <span className="font-mono text-2xs text-ink-soft">{step.command}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}
