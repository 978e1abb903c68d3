'use client'

import { CircleStop } from 'lucide-react'
import { useState } from 'react'
import type { InstanceNode, ServiceNode } from '@/lib/topology/model'
import { InstanceGlyph } from '../topology/instance-shape'
import { instanceWord } from '../topology/state-words'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { IconButton } from '../ui/icon-button'
import { shortTask } from '../ui/shorten'
import { useNow } from '../ui/use-now'
import { addressOf, ageOf } from './instance-list'
import { inListOrder } from './instance-order'
import { Fact, Facts } from './section'
import { StopTaskDialog } from './stop-task-dialog'

type InstancesTabProps = {
  service: ServiceNode
  clusterArn: string | null
  callers: readonly string[]
  readOnly: boolean
  instanceId: string | null
  answeredId: string | null
  onInstance: (id: string | null) => void
}

export function InstancesTab(props: InstancesTabProps) {
  const { service, clusterArn, callers, readOnly } = props
  const now = useNow(1000)
  const [stopping, setStopping] = useState<InstanceNode | null>(null)
  if (service.instances.length === 0) {
    return (
      <p className="px-4 py-6 text-center text-ink-soft text-sm">
        No instance.{' '}
        {service.ecs?.desired === 0
          ? 'The desired count is 0: scale it up to start tasks.'
          : 'Overview says why.'}
      </p>
    )
  }
  return (
    <>
      <ul aria-label="Instances">
        {inListOrder(service.instances).map((instance) => (
          <InstanceRow
            key={instance.id}
            instance={instance}
            age={ageOf(instance, now)}
            isMarked={instance.id === props.instanceId}
            isAnswer={instance.id === props.answeredId}
            onMark={() => props.onInstance(instance.id === props.instanceId ? null : instance.id)}
            onStop={instance.taskArn && clusterArn && !readOnly ? () => setStopping(instance) : null}
          />
        ))}
      </ul>
      {stopping?.taskArn && clusterArn && (
        <StopTaskDialog
          service={service}
          instance={stopping}
          taskArn={stopping.taskArn}
          clusterArn={clusterArn}
          callers={callers}
          onClose={() => setStopping(null)}
        />
      )}
    </>
  )
}

type InstanceRowProps = {
  instance: InstanceNode
  age: string
  isMarked: boolean
  isAnswer: boolean
  onMark: () => void
  onStop: (() => void) | null
}

function InstanceRow({ instance, age, isMarked, isAnswer, onMark, onStop }: InstanceRowProps) {
  return (
    <li
      className={cn(
        'border-line border-b px-4 py-2.5 last:border-b-0',
        (isMarked || isAnswer) && 'bg-accent-soft',
      )}
    >
      <div className="flex items-center gap-2">
        <InstanceGlyph state={instance.state} answered={isAnswer} />
        <button
          type="button"
          onClick={onMark}
          aria-pressed={isMarked}
          className="min-h-6 min-w-0 truncate rounded-chip font-mono text-ink text-xs hover:underline"
        >
          {addressOf(instance)}
        </button>
        <span className="min-w-0 flex-1 truncate text-2xs text-ink-soft">
          {instance.state === 'orphaned' ? 'orphaned' : instanceWord(instance.state)}
          {isAnswer && ' · answered'}
        </span>
        <span className="w-11 text-right text-ink-soft text-xs">{age}</span>
        {onStop ? (
          <IconButton
            label={`Stop task ${instance.taskId ?? ''}`}
            side="left"
            onPress={onStop}
            className="-mr-1.5"
          >
            <CircleStop aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <div className="mt-1 pl-6">
        <Facts>
          {instance.taskId && (
            <Fact name="Task">
              <Copy inline name="task id" value={instance.taskId} text={shortTask(instance.taskId)} />
            </Fact>
          )}
          <Fact name="ECS">
            {instance.taskStatus ?? <span className="text-ink-soft">no task</span>}
            {instance.taskHealth &&
              instance.taskHealth !== 'UNKNOWN' &&
              instance.taskStatus !== 'STOPPED' && (
                <span className="text-ink-soft"> · {instance.taskHealth.toLowerCase()}</span>
              )}
          </Fact>
          <Fact name="Cloud Map">
            {instance.discoveryHealth ? (
              instance.discoveryHealth.toLowerCase()
            ) : (
              <span className="text-ink-soft">not registered</span>
            )}
          </Fact>
          {instance.zone && <Fact name="Zone">{instance.zone}</Fact>}
          {instance.taskDefinition && (
            <Fact name="Revision" mono>
              {instance.taskDefinition}
            </Fact>
          )}
          {instance.reason && <Fact name="Reason">{instance.reason}</Fact>}
        </Facts>
      </div>
    </li>
  )
}
