'use client'

import { useState } from 'react'
import type { InstanceNode, ServiceNode } from '@/lib/topology/model'
import { PlanDisclosure } from '../plan/plan-disclosure'
import { flashRun } from '../plan/run-flash'
import { useStart } from '../plan/use-start'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { shortTask } from '../ui/shorten'
import { TextField } from '../ui/text-field'
import { usePreview } from '../wizard/use-preview'
import { addressOf } from './instance-list'
import { Failed, Warning } from './outcome'
import { forecastStop } from './scale-words'

type StopTaskDialogProps = {
  service: ServiceNode
  instance: InstanceNode
  taskArn: string
  clusterArn: string
  callers: readonly string[]
  onClose: () => void
}

export function StopTaskDialog(props: StopTaskDialogProps) {
  const { service, instance, taskArn, clusterArn, callers, onClose } = props
  const [reason, setReason] = useState('Stopped from Switchboard')
  const forecast = forecastStop(service, callers)
  const task = instance.taskId === null ? instance.id : shortTask(instance.taskId)
  const input = { clusterArn, taskArn, reason }
  const previewed = usePreview('stop-task', input)
  const starting = useStart('stop-task', input, (runId) => {
    flashRun(runId)
    onClose()
  })
  const planned = previewed.preview?.planned
  const plan = planned?.ok === true && !previewed.isBehind ? planned.plan : null
  return (
    <Dialog
      role="alertdialog"
      title={`Stop task ${task}?`}
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
            tone="danger"
            isDisabled={plan === null || starting.pending}
            onPress={() => plan && starting.start(plan, plan.confirm)}
          >
            {starting.pending ? 'Stopping…' : 'Stop task'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          <span className="font-medium text-ink">{service.name}</span> at{' '}
          <span className="font-mono text-ink text-xs">{addressOf(instance)}</span>. {forecast.what}
        </p>
        {forecast.warning && <Warning>{forecast.warning}</Warning>}
        <TextField
          label="Reason"
          hint="Kept by ECS with the stopped task."
          value={reason}
          onChange={setReason}
          maxLength={1024}
        />
        <PlanDisclosure previewed={previewed} />
        {starting.failure && <Failed failure={starting.failure} />}
      </div>
    </Dialog>
  )
}
