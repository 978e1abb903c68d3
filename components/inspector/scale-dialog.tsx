'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import type { EcsFacts, ServiceNode } from '@/lib/topology/model'
import { count } from '../ui/age'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { NumberField } from '../ui/number-field'
import { Failed, Warning } from './outcome'
import { forecastScale } from './scale-words'
import type { ServiceActions } from './service-actions'
import { useChange } from './use-change'

/** ECS's own limit for tasks of one service. */
const mostTasks = 5000

type ScaleDialogProps = {
  service: ServiceNode
  ecs: EcsFacts
  clusterArn: string
  callers: readonly string[]
  scaleService: ServiceActions['scaleService']
  onClose: () => void
}

export function ScaleDialog({ service, ecs, clusterArn, callers, scaleService, onClose }: ScaleDialogProps) {
  const [seen] = useState(ecs.desired)
  const [desired, setDesired] = useState(ecs.desired)
  const forecast = forecastScale(service, desired, callers)
  const change = useChange(() => {
    toast.success(`Scaling ${ecs.serviceName} to ${count(desired, 'task')}`)
    onClose()
  })
  const isValid = Number.isInteger(desired) && desired >= 0 && desired <= mostTasks
  const submit = () =>
    change.run(() =>
      scaleService({ clusterArn, serviceArn: ecs.arn, desiredCount: desired, seenDesiredCount: seen }),
    )
  return (
    <Dialog
      title={`Scale ${service.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button size="form" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="form"
            tone={forecast.warning ? 'danger' : 'primary'}
            isDisabled={!isValid || desired === ecs.desired || change.pending}
            onPress={submit}
          >
            {change.pending ? 'Scaling…' : `Scale to ${isValid ? count(desired, 'task') : '…'}`}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isValid && desired !== ecs.desired && !change.pending) submit()
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
        {change.failure && <Failed failure={change.failure} />}
      </form>
    </Dialog>
  )
}
