'use client'

import { useState } from 'react'
import type { DeployExampleInput, RemoveExampleInput } from '@/lib/changes/inputs/examples'
import { PlanDialogFrame } from '../plan/plan-dialog-frame'
import { useStart } from '../plan/use-start'
import { Checkbox } from '../ui/checkbox'
import { usePreview } from '../wizard/use-preview'
import type { Sketch } from './sketch'

type RemoveExampleProps = {
  example: Sketch
  place: DeployExampleInput
  onStarted: (runId: string) => void
  onClose: () => void
}

/** Asks before an example is removed: what goes, what breaks, and the name. */
export function RemoveExample({ example, place, onStarted, onClose }: RemoveExampleProps) {
  const [withCluster, setWithCluster] = useState(true)
  const input: RemoveExampleInput = {
    example: example.id,
    clusterName: place.clusterName,
    namespaceName: place.namespaceName,
    withCluster,
  }
  const previewed = usePreview('remove-example', input)
  const starting = useStart('remove-example', input, onStarted)
  const planned = previewed.isBehind ? null : (previewed.preview?.planned ?? null)
  // Asked for, and still not part of the plan: then it cannot go.
  const stays =
    withCluster &&
    planned?.ok === true &&
    planned.plan.steps.every(({ command }) => command !== 'ecs:DeleteCluster')
  return (
    <PlanDialogFrame
      title={`Remove ${example.title}`}
      verb="Remove everything"
      destroys
      previewed={previewed}
      starting={starting}
      runId={null}
      onMakeAgain={previewed.refresh}
      onClose={onClose}
    >
      <Checkbox
        checked={withCluster && !stays}
        reason={stays ? 'It stays; the plan below says why.' : null}
        onChange={setWithCluster}
        hint="Only if the example made it and nothing else is in it."
      >
        Also delete the cluster {place.clusterName}
      </Checkbox>
    </PlanDialogFrame>
  )
}
