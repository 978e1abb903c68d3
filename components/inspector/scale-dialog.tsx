'use client'

import { useState } from 'react'
import type { EcsFacts, ServiceNode } from '@/lib/topology/model'
import { PlanDisclosure } from '../plan/plan-disclosure'
import { flashRun } from '../plan/run-flash'
import { useStart } from '../plan/use-start'
import { count } from '../ui/age'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { NumberField } from '../ui/number-field'
import { usePreview } from '../wizard/use-preview'
import { Failed, Warning } from './outcome'
import { forecastScale } from './scale-words'

/** ECS's own limit for tasks of one service. */
const mostTasks = 5000

type ScaleDialogProps = {
  service: ServiceNode
  ecs: EcsFacts
  clusterArn: string
  callers: readonly string[]
  onClose: () => void
}

export function ScaleDialog({ service, ecs, clusterArn, callers, onClose }: ScaleDialogProps) {
  const [seen] = useState(ecs.desired)
  const [desired, setDesired] = useState(ecs.desired)
  const forecast = forecastScale(service, desired, callers)
  const isValid = Number.isInteger(desired) && desired >= 0 && desired <= mostTasks
  const input = { clusterArn, serviceArn: ecs.arn, desiredCount: desired, seenDesiredCount: seen }
  const isOther = isValid && desired !== ecs.desired
  const previewed = usePreview('scale', isOther ? input : null)
  const starting = useStart('scale', input, (runId) => {
    flashRun(runId)
    onClose()
  })
  const planned = previewed.preview?.planned
  const plan = planned?.ok === true && isOther && !previewed.isBehind ? planned.plan : null
  const submit = () => {
    if (plan && !starting.pending) starting.start(plan, null)
  }
  return (
    <Dialog
      title={`Scale ${service.name}`}
      isOpen
      hangs
      onClose={onClose}
      className="max-w-lg"
      actions={
        <>
          <Button size="form" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="form"
            tone={forecast.warning ? 'danger' : 'primary'}
            isDisabled={plan === null || starting.pending}
            onPress={submit}
          >
            {starting.pending ? 'Scaling…' : `Scale to ${isValid ? count(desired, 'task') : '…'}`}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
        className="flex flex-col gap-3"
      >
        <NumberField
          autoFocus
          label="Desired count"
          value={desired}
          onChange={setDesired}
          minValue={0}
          maxValue={mostTasks}
          hint={`${ecs.running} of ${count(ecs.desired, 'task')} running now`}
        />
        <p aria-live="polite">{forecast.what}</p>
        {forecast.warning && <Warning>{forecast.warning}</Warning>}
      </form>
      <div className="mt-3 flex flex-col gap-3">
        {isOther && <PlanDisclosure previewed={previewed} />}
        {starting.failure && <Failed failure={starting.failure} />}
      </div>
    </Dialog>
  )
}
