'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { startImported } from '@/app/actions/start-imported'
import { askConsole } from '../wizard/ask-console'
import { isPreview } from './is-preview'
import { PlanDialogFrame } from './plan-dialog-frame'
import { useStarting } from './use-start'

type ImportPlanProps = { text: string; onBack: () => void; onClose: () => void }

async function checkImport(text: string, signal: AbortSignal) {
  const answer = await askConsole('/api/plans/import-check', { body: { text }, signal })
  if (!isPreview(answer)) throw new Error('The console answered something that is no plan.')
  return answer
}

/** A plan from elsewhere: checked by the server, shown as any plan is, and run. */
export function ImportPlan({ text, onBack, onClose }: ImportPlanProps) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['import-check', text],
    queryFn: ({ signal }) => checkImport(text, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const [runId, setRunId] = useState<string | null>(null)
  const starting = useStarting(
    text,
    (intentId, plan, confirm) =>
      startImported({
        text,
        intentId,
        seen: plan.seen.map(({ subject, facts }) => ({ subject, facts })),
        confirm,
      }),
    setRunId,
  )
  const refresh = () => void refetch()
  return (
    <PlanDialogFrame
      title="Import a plan"
      verb="Run plan"
      previewed={{ preview: data ?? null, isBehind: isFetching && data !== undefined, error, refresh }}
      starting={starting}
      runId={runId}
      onMakeAgain={() => {
        setRunId(null)
        refresh()
      }}
      onBack={onBack}
      onClose={onClose}
    />
  )
}
