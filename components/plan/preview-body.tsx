'use client'

import type { Plan, Planned } from '@/lib/plan/plan'
import type { Rendered } from '@/lib/plan/render/rendered'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { CodeTabs } from './code-tabs'
import { Consequences } from './consequences'
import { PlannedSteps } from './planned-steps'
import { policyTab } from './policy-tab'

type PreviewBodyProps = {
  planned: Planned | null
  formats: readonly Rendered[]
  isBehind: boolean
  error: Error | null
  refresh: () => void
  /** The heading over the steps. */
  title?: string
}

/** What a plan would do, before it runs: what breaks, the calls, and the same as code. */
export function PreviewBody({ planned, formats, isBehind, error, refresh }: PreviewBodyProps) {
  if (error)
    return (
      <Notice
        tone="bad"
        role="alert"
        title="The plan could not be made"
        actions={<Button onPress={refresh}>Try again</Button>}
      >
        <span className="wrap-anywhere">{error.message}</span>
      </Notice>
    )
  if (!planned) return <PreviewSkeleton />
  if (!planned.ok)
    return (
      <Notice
        tone="warn"
        role="alert"
        title={planned.message}
        actions={<Button onPress={refresh}>Look again</Button>}
      >
        <span className="wrap-anywhere">{planned.remedy}</span>
        <span className="font-mono text-2xs">{planned.code}</span>
      </Notice>
    )
  return <PlanBody plan={planned.plan} formats={formats} isBehind={isBehind} />
}

function PlanBody({
  plan,
  formats,
  isBehind,
}: {
  plan: Plan
  formats: readonly Rendered[]
  isBehind: boolean
}) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Consequences consequences={plan.consequences} />
      <PlannedSteps steps={plan.steps} isWhole={formats.length === 0} />
      {formats.length > 0 && (
        <CodeTabs
          formats={formats}
          more={policyTab(plan)}
          isOld={isBehind}
          firstSentence={plan.steps[0]?.sentence}
          className="h-56 overflow-hidden rounded-card border border-line"
        />
      )}
    </div>
  )
}

function PreviewSkeleton() {
  return (
    <div role="status" aria-label="Making the plan" className="flex flex-col gap-3">
      <Skeleton className="h-8 w-full" />
      {['w-72', 'w-56', 'w-64'].map((width) => (
        <div key={width} className="flex gap-2.5">
          <Skeleton className="size-5 rounded-full" />
          <Skeleton className={`h-5 ${width}`} />
        </div>
      ))}
      <Skeleton className="h-48 w-full" />
    </div>
  )
}
