'use client'

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { PlanStep } from '@/lib/plan/plan'
import type { StepRun } from '@/lib/plan/run-state'
import { StateGlyph } from '../topology/state-glyph'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { useNow } from '../ui/use-now'
import { stepTones, stepWords } from './run-words'
import { StepDetails } from './step-details'
import { StepError } from './step-error'
import { StepMark } from './step-mark'
import { isUnderWay, stepTime, waitingSentence } from './step-times'

type StepRowProps = { planned: PlanStep; step: StepRun; number: number; isLast: boolean }

/** One AWS call of a run: what it does, where it stands, what AWS said. */
export function StepRow({ planned, step, number, isLast }: StepRowProps) {
  const [open, setOpen] = useState(false)
  return (
    <li
      data-step={planned.id}
      data-step-state={step.state}
      aria-current={isUnderWay(step) ? 'step' : undefined}
      className="relative flex gap-3 pb-3"
    >
      {!isLast && (
        <span
          aria-hidden
          className={cn(
            'absolute top-6 bottom-0.5 left-[9.5px] w-px',
            step.state === 'done' ? 'bg-ok/45' : 'bg-line-strong',
          )}
        />
      )}
      <StepMark state={step.state} number={number} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <div className="flex min-w-0 items-start gap-2">
          <p
            className={cn(
              'wrap-anywhere min-w-0 flex-1 text-sm',
              step.state === 'queued' ? 'text-ink-soft' : 'font-medium text-ink',
            )}
          >
            {planned.sentence}
          </p>
          <StepWord step={step} />
          <StepClock step={step} />
        </div>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-ink-soft text-xs">
          <button
            type="button"
            aria-expanded={open}
            aria-label={`Details of step ${number}: ${planned.command}`}
            onClick={() => setOpen(!open)}
            className="-ml-1 flex min-h-6 items-center gap-1 rounded-chip px-1 font-mono hover:text-ink"
          >
            <ChevronRight
              aria-hidden
              className={cn('size-3 transition-transform duration-150', open && 'rotate-90')}
            />
            {planned.command}
          </button>
          {step.requestId !== null && (
            <Copy
              name="AWS request id"
              value={step.requestId}
              text={`request ${step.requestId.slice(0, 8)}`}
              className="text-ink-soft"
            />
          )}
          <Waiting step={step} />
        </div>
        {open && <StepDetails planned={planned} step={step} />}
        {step.error && <StepError planned={planned} error={step.error} state={step.state} />}
      </div>
    </li>
  )
}

function StepWord({ step }: { step: StepRun }) {
  if (step.state === 'queued') return <span className="shrink-0 text-ink-soft text-xs leading-5">queued</span>
  const isOld = step.state === 'done' && step.made === false
  // Its mark says so; words are kept for what needs a look.
  if (step.state === 'done' && !isOld) return <span className="sr-only">{stepWords.done}</span>
  return (
    <Chip
      tone={isOld ? 'off' : stepTones[step.state]}
      icon={isOld ? null : <StateGlyph state={stepTones[step.state]} />}
    >
      {isOld ? 'was there already' : stepWords[step.state]}
    </Chip>
  )
}

const clock = 'w-12 shrink-0 text-right font-mono text-ink-soft text-xs leading-5 tabular-nums'

function StepClock({ step }: { step: StepRun }) {
  return isUnderWay(step) ? <LiveClock step={step} /> : <span className={clock}>{stepTime(step, 0)}</span>
}

function LiveClock({ step }: { step: StepRun }) {
  return <span className={clock}>{stepTime(step, useNow(100))}</span>
}

function Waiting({ step }: { step: StepRun }) {
  return step.waitingFor !== null && isUnderWay(step) ? <LiveWaiting step={step} /> : null
}

function LiveWaiting({ step }: { step: StepRun }) {
  const now = useNow(200)
  return (
    <span className="wrap-anywhere min-w-0 text-busy-ink tabular-nums">{waitingSentence(step, now)}</span>
  )
}
