'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import type { InstanceNode, ServiceNode } from '@/lib/topology/model'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { shortenMiddle } from '../ui/shorten'
import { TextField } from '../ui/text-field'
import { addressOf } from './instance-list'
import { Failed, Warning } from './outcome'
import { forecastStop } from './scale-words'
import type { ServiceActions } from './service-actions'
import { useChange } from './use-change'

type StopTaskDialogProps = {
  service: ServiceNode
  instance: InstanceNode
  taskArn: string
  clusterArn: string
  callers: readonly string[]
  stopTask: ServiceActions['stopTask']
  onClose: () => void
}

export function StopTaskDialog(props: StopTaskDialogProps) {
  const { service, instance, taskArn, clusterArn, callers, stopTask, onClose } = props
  const [reason, setReason] = useState('Stopped from Switchboard')
  const forecast = forecastStop(service, callers)
  const task = shortenMiddle(instance.taskId ?? instance.id, 13)
  const change = useChange(() => {
    toast.success(`Stopping task ${task}`)
    onClose()
  })
  return (
    <Dialog
      role="alertdialog"
      title={`Stop task ${task}?`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button size="form" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="form"
            tone="danger"
            isDisabled={change.pending}
            onPress={() => change.run(() => stopTask({ clusterArn, taskArn, reason }))}
          >
            {change.pending ? 'Stopping…' : 'Stop task'}
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
        {change.failure && <Failed failure={change.failure} />}
      </div>
    </Dialog>
  )
}
