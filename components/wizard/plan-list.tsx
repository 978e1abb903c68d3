import { ChevronRight } from 'lucide-react'
import type { Plan } from '@/lib/plan/plan'
import { Consequences } from '../plan/consequences'
import { count } from '../ui/age'

/** What will be sent, in order, before anything is. */
export function PlanList({ plan }: { plan: Plan }) {
  return (
    <section aria-label="Plan" className="flex flex-col gap-4">
      <Consequences consequences={plan.consequences} />
      <ol className="flex flex-col rounded-card border border-line-strong bg-raised">
        {plan.steps.map((step, at) => (
          <li
            key={step.id}
            data-plan-step={step.id}
            className="flex gap-3 border-line px-3.5 py-2.5 not-first:border-t"
          >
            <span
              aria-hidden
              className="mt-px flex size-[18px] shrink-0 items-center justify-center rounded-full border border-line-strong text-2xs text-ink-soft"
            >
              {at + 1}
            </span>
            <div className="flex min-w-0 flex-col gap-0.5">
              <p className="wrap-anywhere text-ink text-sm">{step.sentence}</p>
              <p className="wrap-anywhere font-mono text-2xs text-ink-soft">{step.command}</p>
              <p className="wrap-anywhere text-ink-soft text-xs">
                {step.undo.possible ? `Undo: ${step.undo.sentence}` : step.undo.sentence}
              </p>
            </div>
          </li>
        ))}
      </ol>
      <details className="group text-xs">
        <summary className="-ml-1 flex min-h-6 w-fit list-none items-center gap-1 rounded-chip px-1 text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-3 transition-transform duration-150 group-open:rotate-90"
          />
          {count(permissionsOf(plan).length, 'permission')} needed
        </summary>
        <p className="wrap-anywhere mt-1.5 font-mono text-ink-soft text-xs leading-5">
          {permissionsOf(plan).join(', ')}
        </p>
      </details>
    </section>
  )
}

function permissionsOf(plan: Plan): readonly string[] {
  return [...new Set(plan.steps.flatMap((step) => [step.command, ...step.permissions]))].toSorted()
}
