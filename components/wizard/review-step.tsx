'use client'

import { Failed } from '../inspector/outcome'
import type { ActionFailure } from '../inspector/service-actions'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { PlanList } from './plan-list'
import type { PreviewState } from './use-preview'
import type { FieldIssue } from './wizard-model'

type ReviewStepProps = {
  state: PreviewState
  /** What is still wrong, with the place of its step. */
  open: readonly { readonly at: number; readonly title: string; readonly issues: readonly FieldIssue[] }[]
  failure: ActionFailure | null
  onStep: (at: number) => void
}

/** The last step: everything that will be sent, and what stands against it. */
export function ReviewStep({ state, open, failure, onStep }: ReviewStepProps) {
  const { preview, error, refresh } = state
  if (open.length > 0)
    return (
      <Notice tone="warn" title="Something is not right yet" role="alert">
        <ul className="mt-1 flex flex-col gap-1">
          {open.map((step) => (
            <li key={step.at}>
              <button
                type="button"
                onClick={() => onStep(step.at)}
                className="wrap-anywhere rounded-chip text-left text-accent-ink underline underline-offset-2"
              >
                {step.title}: {step.issues[0]?.message}
                {step.issues.length > 1 && ` and ${step.issues.length - 1} more`}
              </button>
            </li>
          ))}
        </ul>
      </Notice>
    )
  return (
    <div className="flex flex-col gap-4">
      {failure && <Failed failure={failure} />}
      {failure && (
        <div>
          <Button onPress={refresh}>Look again</Button>
        </div>
      )}
      {error ? (
        <Notice
          tone="bad"
          role="alert"
          title="The plan could not be made"
          actions={<Button onPress={refresh}>Try again</Button>}
        >
          {error.message}
        </Notice>
      ) : !preview ? (
        <Skeleton className="h-40 w-full" />
      ) : preview.planned.ok ? (
        <PlanList plan={preview.planned.plan} />
      ) : (
        <Notice
          tone="bad"
          role="alert"
          title={preview.planned.message}
          actions={<Button onPress={refresh}>Look again</Button>}
        >
          <span>{preview.planned.remedy}</span>
          <span className="font-mono text-2xs">{preview.planned.code}</span>
        </Notice>
      )}
    </div>
  )
}
