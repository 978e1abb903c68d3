'use client'

import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { type RefObject, useRef } from 'react'
import type { Run } from '@/lib/plan/run-state'
import { RunRollout } from '../connect/rollout'
import { Skeleton } from '../ui/skeleton'
import { useMedia } from '../ui/use-media'
import { PreviewDisclosure } from '../wizard/preview-disclosure'
import { MakeAgain } from './make-again'
import { ProgressBar } from './progress-bar'
import { RunActions } from './run-actions'
import { RunCode } from './run-code'
import { RunFacts } from './run-head'
import { RunLine } from './run-line'
import { RunMapLinks } from './run-map-links'
import { RunMissing } from './run-missing'
import { RunOutcome } from './run-outcome'
import { RunStateChip } from './run-state-chip'
import { StepList } from './step-list'
import { useRun } from './use-run'
import { type RunCodeState, useRunCode } from './use-run-code'

/** One run on a page of its own: it outlives reloads and restarts. */
export function RunPage({ runId }: { runId: string }) {
  const { news, again } = useRun(runId)
  const code = useRunCode(runId)
  const { run } = news
  const heading = useRef<HTMLHeadingElement>(null)
  const isWide = useMedia('(min-width: 75rem)')
  if (!run) return news.connection === 'broken' ? <RunMissing news={news} /> : <RunSkeleton />
  return (
    <div
      data-run={run.id}
      data-run-state={run.state}
      className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_minmax(0,480px)] grid-rows-[minmax(0,1fr)] max-wide:grid-cols-1"
    >
      <div className="flex min-h-0 min-w-0 flex-col">
        <RunLine news={news} />
        <RunHead run={run} heading={heading} />
        <ProgressBar run={run} />
        <section
          aria-label="What was done"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto px-6 pt-4 focus-visible:-outline-offset-2"
        >
          <div className="flex max-w-[880px] max-wide:max-w-none flex-col gap-4 pb-6">
            <RunOutcome run={run} />
            <StepList run={run} />
            <RunRollout run={run} />
          </div>
        </section>
        {!isWide && (
          <PreviewDisclosure label="The plan as code" className="px-6">
            <RunCode plan={run.plan} code={code} />
          </PreviewDisclosure>
        )}
        <RunFoot run={run} code={code} again={again} heading={heading} />
      </div>
      {isWide && <RunCode plan={run.plan} code={code} />}
    </div>
  )
}

type Heading = RefObject<HTMLHeadingElement | null>

function RunHead({ run, heading }: { run: Run; heading: Heading }) {
  return (
    <header className="flex flex-col gap-1 bg-raised px-6 pt-3 pb-3.5">
      <Link
        href="/plans"
        className="-ml-1 flex min-h-6 w-fit items-center gap-1 rounded-chip px-1 text-ink-soft text-xs hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3" />
        Plans
      </Link>
      <div className="flex min-w-0 items-start gap-3">
        <h1
          ref={heading}
          tabIndex={-1}
          className="wrap-anywhere min-w-0 flex-1 font-semibold text-ink text-xl outline-none"
        >
          {run.plan.title}
        </h1>
        <span className="pt-1">
          <RunStateChip state={run.state} />
        </span>
      </div>
      <RunFacts run={run} />
    </header>
  )
}

type RunFootProps = { run: Run; code: RunCodeState; again: () => void; heading: Heading }

function RunFoot({ run, code, again, heading }: RunFootProps) {
  return (
    <footer className="border-line border-t bg-raised px-6 py-3">
      <div className="flex min-h-[34px] flex-wrap items-center justify-between gap-3">
        <RunMapLinks run={run} />
        <span className="flex-1" />
        <Link
          href={`/activity?run=${encodeURIComponent(run.id)}`}
          className="rounded-chip text-ink-soft text-sm hover:text-ink hover:underline"
        >
          Activity of this plan
        </Link>
        {run.state === 'stale' && <MakeAgain code={code} />}
        <RunActions run={run} again={again} home={heading} />
      </div>
    </footer>
  )
}

function RunSkeleton() {
  return (
    <div role="status" aria-label="Reading the run" className="flex max-w-[760px] flex-col gap-4 p-6">
      <Skeleton className="h-5 w-64" />
      <Skeleton className="h-3 w-96" />
      {['w-80', 'w-64', 'w-72', 'w-56'].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-5 rounded-full" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  )
}
