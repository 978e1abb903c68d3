'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Choices } from '@/lib/changes/choices'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { Notice } from '../ui/notice'
import { NumberField } from '../ui/number-field'
import { Select, SelectItem } from '../ui/select'
import { Skeleton } from '../ui/skeleton'
import { usePreview } from '../wizard/use-preview'
import { PlanDialogFrame } from './plan-dialog-frame'
import { readChoices } from './read-choices'
import { firstTaskPlace, networkOf, type TaskPlace } from './task-place'
import { useStart } from './use-start'

type ImportTaskProps = { text: string; onBack: () => void; onClose: () => void }

/** Registers a pasted task definition and runs tasks of it, once, without a service. */
export function ImportTask({ text, onBack, onClose }: ImportTaskProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['choices'],
    queryFn: ({ signal }) => readChoices(signal),
    staleTime: 0,
    retry: false,
  })
  const [chosen, setChosen] = useState<TaskPlace | null>(null)
  const place = chosen ?? (data ? firstTaskPlace(data) : null)
  const input = place && {
    clusterArn: place.clusterArn,
    taskDefinition: { kind: 'json', text },
    count: place.count,
    launchType: 'FARGATE',
    network: data ? networkOf(data, place) : null,
    enableExecuteCommand: false,
    tags: [],
  }
  const previewed = usePreview('run-task', input)
  const [runId, setRunId] = useState<string | null>(null)
  const starting = useStart('run-task', input, setRunId)
  return (
    <PlanDialogFrame
      title="Run a task definition"
      verb="Run task"
      previewed={previewed}
      isIdle={place === null}
      starting={starting}
      runId={runId}
      onMakeAgain={() => {
        setRunId(null)
        previewed.refresh()
      }}
      onBack={onBack}
      onClose={onClose}
    >
      {data && place ? (
        <PlaceFields choices={data} place={place} onChange={setChosen} />
      ) : data ? (
        <Notice tone="warn" role="alert" title="There is no cluster to run it in">
          Create a cluster first.
        </Notice>
      ) : error ? (
        <Notice
          tone="bad"
          role="alert"
          title="What there is to choose from could not be read"
          actions={<Button onPress={() => refetch()}>Try again</Button>}
        >
          <span className="wrap-anywhere">{error.message}</span>
        </Notice>
      ) : (
        <Skeleton className="h-16 w-full" />
      )}
    </PlanDialogFrame>
  )
}

type PlaceFieldsProps = { choices: Choices; place: TaskPlace; onChange: (place: TaskPlace) => void }

function PlaceFields({ choices, place, onChange }: PlaceFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <Select
        label="Cluster"
        selectedKey={place.clusterArn}
        onSelectionChange={(key) => onChange({ ...place, clusterArn: String(key) })}
      >
        {choices.clusters.map((cluster) => (
          <SelectItem key={cluster.arn} id={cluster.arn}>
            {cluster.name}
          </SelectItem>
        ))}
      </Select>
      <NumberField
        label="Tasks"
        value={place.count}
        onChange={(count) => onChange({ ...place, count })}
        minValue={1}
        maxValue={10}
      />
      <Select
        label="Subnet"
        hint="Used in network mode awsvpc."
        selectedKey={place.subnetId}
        onSelectionChange={(key) => onChange({ ...place, subnetId: String(key) })}
        mono
      >
        {choices.network.subnets.map((subnet) => (
          <SelectItem
            key={subnet.id}
            id={subnet.id}
            mono
            hint={`${subnet.cidr} · ${subnet.availabilityZone}`}
          >
            {subnet.id}
          </SelectItem>
        ))}
      </Select>
      <Checkbox
        checked={place.assignPublicIp}
        onChange={(assignPublicIp) => onChange({ ...place, assignPublicIp })}
        className="self-center pt-3"
      >
        Give each task a public address
      </Checkbox>
    </div>
  )
}
