'use client'

import { type ReactNode, useRef } from 'react'
import type { Run } from '@/lib/plan/run-state'
import { ProgressBar } from './progress-bar'
import { RunActions } from './run-actions'
import { RunOutcome } from './run-outcome'
import { StepList } from './step-list'

type RunPanelProps = { run: Run; again: () => void; actions?: ReactNode }

/** A run shown in place: where it stands, its steps, and what can be done now. */
export function RunPanel({ run, again, actions }: RunPanelProps) {
  const home = useRef<HTMLElement>(null)
  return (
    <section
      ref={home}
      tabIndex={-1}
      aria-label={`Run of ${run.plan.title}`}
      data-run={run.id}
      data-run-state={run.state}
      className="flex flex-col outline-none"
    >
      <ProgressBar run={run} />
      <div className="flex flex-col gap-3 pt-3">
        <RunOutcome run={run} />
        <StepList run={run} />
        <RunActions run={run} again={again} home={home} />
        {actions}
      </div>
    </section>
  )
}
