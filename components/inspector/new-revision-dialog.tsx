'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EcsFacts } from '@/lib/topology/model'
import { PlanDialogFrame } from '../plan/plan-dialog-frame'
import { useStart } from '../plan/use-start'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { TextArea } from '../ui/text-area'
import { askConsole } from '../wizard/ask-console'
import { usePreview } from '../wizard/use-preview'

export type NewRevisionDialogProps = { name: string; ecs: EcsFacts; clusterArn: string; onClose: () => void }

async function readRevision(arn: string, signal: AbortSignal): Promise<string> {
  const answer = await askConsole(`/api/task-definition?arn=${encodeURIComponent(arn)}`, { signal })
  if (typeof answer !== 'object' || answer === null || !('input' in answer))
    throw new Error('The console answered something that is no task definition.')
  return `${JSON.stringify(answer.input, null, 2)}\n`
}

/** The task definition of a service as JSON, to be changed: registered as a new revision, which the service then runs. */
export function NewRevisionDialog({ name, ecs, clusterArn, onClose }: NewRevisionDialogProps) {
  // What was opened is what is edited, whatever the service runs meanwhile; the plan refuses when that matters.
  const [fromArn] = useState(ecs.taskDefinitionArn)
  const original = useQuery({
    queryKey: ['task-definition', fromArn],
    queryFn: ({ signal }) => readRevision(fromArn, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Environment values do not stay in this page's memory.
    gcTime: 0,
    retry: false,
  })
  const [edited, setEdited] = useState<string | null>(null)
  const text = edited ?? original.data ?? ''
  const isOther = edited !== null && edited !== original.data
  const input = { clusterArn, serviceArn: ecs.arn, fromArn, text }
  const previewed = usePreview('new-revision', isOther ? input : null)
  const [runId, setRunId] = useState<string | null>(null)
  const starting = useStart('new-revision', input, setRunId)
  return (
    <PlanDialogFrame
      title={`New revision for ${name}`}
      verb="Register and deploy"
      previewed={previewed}
      isIdle={!isOther}
      starting={starting}
      runId={runId}
      onMakeAgain={() => {
        setRunId(null)
        previewed.refresh()
      }}
      onClose={onClose}
    >
      {original.isPending ? (
        <div role="status" aria-label={`Reading ${ecs.taskDefinition}`}>
          <Skeleton className="h-72 w-full" />
        </div>
      ) : original.error ? (
        <Notice
          tone="bad"
          role="alert"
          title={`${ecs.taskDefinition} could not be read`}
          actions={<Button onPress={() => original.refetch()}>Read again</Button>}
        >
          <span className="wrap-anywhere">{original.error.message}</span>
        </Notice>
      ) : (
        <TextArea
          label={`${ecs.taskDefinition}, to be changed`}
          hint="Environment values are shown as they are. A revision is never changed: this makes the next one, and the service runs it."
          value={text}
          onChange={setEdited}
          mono
          rows={16}
          autoFocus
        />
      )}
    </PlanDialogFrame>
  )
}
