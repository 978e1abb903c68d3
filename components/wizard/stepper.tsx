'use client'

import { Check, TriangleAlert } from 'lucide-react'
import { cn } from '../ui/class-names'
import type { StepState } from './check-values'

type StepperProps = {
  title: string
  steps: readonly { readonly id: string; readonly title: string; readonly summary: string | null }[]
  states: readonly StepState[]
  onStep: (at: number) => void
}

const spoken: Readonly<Record<StepState, string>> = {
  done: 'done',
  wrong: 'needs a look',
  current: 'current step',
  ahead: 'not reached yet',
  open: 'still to be run',
}

/** All steps of a wizard, with what was chosen in those that are done. A step that was reached can be gone to. */
export function Stepper({ title, steps, states, onStep }: StepperProps) {
  return (
    <nav
      aria-label="Steps"
      className="flex min-h-0 min-w-0 flex-col overflow-auto border-line bg-raised px-[18px] py-5 max-md:border-b max-md:py-2.5 md:border-r"
    >
      <h1 className="font-semibold text-ink text-lg max-md:sr-only">{title}</h1>
      <p className="mb-4 text-ink-soft text-sm max-md:sr-only">Nothing is sent before the last step.</p>
      <ol className="flex min-w-0 flex-col gap-0.5 max-md:flex-row max-md:items-center max-md:gap-1">
        {steps.map((step, at) => {
          const state = states[at] ?? 'ahead'
          const isCurrent = state === 'current'
          return (
            <li key={step.id} className="min-w-0">
              <button
                type="button"
                disabled={state === 'ahead'}
                aria-current={isCurrent ? 'step' : undefined}
                onClick={() => onStep(at)}
                className={cn(
                  'flex w-full min-w-0 items-start gap-2.5 rounded-control px-2 py-1.5 text-left transition-colors',
                  isCurrent ? 'bg-accent-soft' : 'enabled:hover:bg-sunk',
                )}
              >
                <StepMark state={state} number={at + 1} />
                <span className={cn('flex min-w-0 flex-col', !isCurrent && 'max-md:sr-only')}>
                  <span
                    className={cn('truncate text-sm', isCurrent ? 'font-medium text-ink' : 'text-ink-soft')}
                  >
                    {step.title}
                    <span className="sr-only">, {spoken[state]}</span>
                  </span>
                  {step.summary && !isCurrent && state !== 'ahead' && (
                    <span className="line-clamp-2 wrap-anywhere text-2xs text-ink-soft max-md:hidden">
                      {state === 'wrong' ? 'Needs a look' : step.summary}
                    </span>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const markStyles: Readonly<Record<StepState, string>> = {
  done: 'border-ok bg-ok text-raised',
  wrong: 'border-warn bg-warn-soft text-warn-ink',
  current: 'border-accent text-accent-ink',
  ahead: 'border-line-strong text-ink-soft',
  open: 'border-line-strong text-ink',
}

function StepMark({ state, number }: { state: StepState; number: number }) {
  return (
    <span
      aria-hidden
      className={cn(
        'mt-px flex size-[18px] shrink-0 items-center justify-center rounded-full border text-2xs font-medium [&_svg]:size-3',
        markStyles[state],
      )}
    >
      {state === 'done' ? (
        <Check strokeWidth={3} />
      ) : state === 'wrong' ? (
        <TriangleAlert strokeWidth={2.5} />
      ) : (
        number
      )}
    </span>
  )
}
