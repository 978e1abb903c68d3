'use client'

import { Boxes, FileJson, History, PackagePlus, Plus } from 'lucide-react'
import { useOffer } from '../choices'
import { ClusterFields } from '../cluster/cluster-fields'
import { CardInput } from '../fields/card-input'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'
import { Inset } from '../inset'
import { followName, nameOfImage } from './follow-name'
import { JsonInput } from './json-input'
import { RevisionInput } from './revision-input'
import { useServiceForm, useServicePart } from './use-service'

const MAKE_NEW = 'new'

const sources = [
  {
    value: 'form',
    title: 'From an image',
    glyph: <PackagePlus aria-hidden />,
    text: 'A new task definition, filled in here. For Fargate.',
  },
  {
    value: 'existing',
    title: 'One that is there',
    glyph: <History aria-hidden />,
    text: 'A revision of a task definition, as it stands.',
  },
  {
    value: 'json',
    title: 'JSON',
    glyph: <FileJson aria-hidden />,
    text: 'Paste or drop a task definition. Anything ECS takes.',
  },
] as const

/** Where it runs, what it is called and what it runs. */
export function StartStep() {
  const { getValues, setValue } = useServiceForm()
  const source = useServicePart((values) => values.taskDefinition.kind)
  const name = useServicePart((values) => values.name)
  const rename = (now: string, before: string) => {
    for (const { field, value } of followName(getValues(), before, now))
      setValue(field as 'name', value, { shouldDirty: true })
  }
  return (
    <div className="flex flex-col gap-6">
      <ClusterChoice />
      <CardInput name="taskDefinition.kind" label="Task definition" options={sources} />
      {source === 'form' && (
        <TextInput
          name="taskDefinition.form.containers.0.image"
          label="Image"
          mono
          placeholder="backend-api:latest"
          hint="As docker pull names it. A private registry needs an execution role, in the next step."
          onTyped={(now, before) => {
            if (name !== nameOfImage(before)) return
            const proposed = nameOfImage(now)
            setValue('name', proposed, { shouldDirty: true })
            rename(proposed, name)
          }}
        />
      )}
      {source === 'existing' && <RevisionInput />}
      {source === 'json' && <JsonInput />}
      <TextInput
        name="name"
        label="Service name"
        mono
        placeholder="backend-api"
        hint="Unique in its cluster. It cannot be changed later."
        onTyped={(now) => rename(now, name)}
      />
    </div>
  )
}

function ClusterChoice() {
  const { setValue } = useServiceForm()
  const { clusters } = useOffer().choices
  const kind = useServicePart((values) => values.cluster.kind)
  const arn = useServicePart((values) => values.cluster.arn)
  const pick = (value: string) => {
    setValue('cluster.kind', value === MAKE_NEW ? 'new' : 'existing', { shouldDirty: true })
    if (value !== MAKE_NEW) setValue('cluster.arn', value, { shouldDirty: true, shouldValidate: true })
  }
  return (
    <div className="flex flex-col gap-3">
      <SelectInput
        name="cluster.arn"
        shown={kind === 'new' ? MAKE_NEW : arn}
        label="Cluster"
        placeholder="Choose a cluster"
        onPicked={pick}
        options={[
          ...clusters.map((cluster) => ({
            value: cluster.arn,
            label: cluster.name,
            glyph: <Boxes aria-hidden />,
            hint: cluster.status.toLowerCase(),
            reason: cluster.status === 'ACTIVE' ? null : `it is ${cluster.status.toLowerCase()}`,
          })),
          {
            value: MAKE_NEW,
            label: 'New cluster…',
            glyph: <Plus aria-hidden />,
            hint: 'made in the same plan',
          },
        ]}
      />
      {kind === 'new' && (
        <Inset title="New cluster">
          <ClusterFields group="cluster.cluster" />
        </Inset>
      )}
    </div>
  )
}
