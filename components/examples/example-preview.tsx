'use client'

import type { Run } from '@/lib/plan/run-state'
import { CodeTabs } from '../plan/code-tabs'
import { policyTab } from '../plan/policy-tab'
import { useRunCode } from '../plan/use-run-code'
import type { PreviewState } from '../wizard/use-preview'
import { ExampleDrawing } from './example-drawing'
import type { ExampleState } from './example-state'
import { plannedCounts } from './planned-counts'
import type { Sketch } from './sketch'

type ExamplePreviewProps = {
  example: Sketch
  place: Sketch['defaults']
  state: ExampleState | null
  previewed: PreviewState
  runId: string | null
  run: Run | null
}

/** The example as it will stand or stands, and its plan as code; beside each other where there is more width than height. */
export function ExamplePreview({ example, place, state, previewed, runId, run }: ExamplePreviewProps) {
  const planned = previewed.preview?.planned
  const plan = planned?.ok ? planned.plan : null
  return (
    <div className="@container h-full min-h-0 min-w-0">
      <div className="flex h-full min-h-0 min-w-0 @[560px]:flex-row flex-col bg-sunk">
        <div className="flex @[560px]:min-h-0 min-h-[250px] @[560px]:w-[40%] shrink-0 items-center justify-center border-line @[560px]:border-r @[560px]:border-b-0 border-b bg-surface p-5 last:min-h-0 @[560px]:last:w-full last:flex-1 last:border-0">
          <ExampleDrawing
            example={example}
            namespaceName={place.namespaceName}
            services={state?.services ?? new Map()}
            planned={plannedCounts(place)}
          />
        </div>
        {runId !== null ? (
          <RunCode runId={runId} firstSentence={run?.plan.steps[0]?.sentence} />
        ) : previewed.preview && plan ? (
          <CodeTabs
            formats={previewed.preview.formats}
            more={policyTab(plan)}
            isOld={previewed.isBehind}
            firstSentence={plan.steps[0]?.sentence}
            className="min-h-0 flex-1"
          />
        ) : (
          state?.kind !== 'deployed' && (
            <p className="px-4 py-3 text-ink-soft text-sm">
              The plan as AWS CLI, CloudFormation, CDK and Terraform stands here when there is something to
              do.
            </p>
          )
        )}
      </div>
    </div>
  )
}

function RunCode({ runId, firstSentence }: { runId: string; firstSentence: string | undefined }) {
  const { formats } = useRunCode(runId)
  return formats && <CodeTabs formats={formats} firstSentence={firstSentence} className="min-h-0 flex-1" />
}
