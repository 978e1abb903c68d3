'use client'

import { cpuLabel, fargateSizes, memoryFor, memoryLabel } from '@/lib/changes/fields/fargate-sizes'
import { Notice } from '../../ui/notice'
import { SegmentInput } from '../fields/segment-input'
import { SizeInput } from '../fields/size-input'
import { TagsInput } from '../fields/tags-input'
import { TextInput } from '../fields/text-input'
import { Fold } from '../fold'
import { ContainerList } from './container-list'
import { useServiceForm, useServicePart } from './use-service'

const form = 'taskDefinition.form'

/** What one task is made of. */
export function TaskStep() {
  const source = useServicePart((values) => values.taskDefinition.kind)
  if (source === 'form') return <TaskForm />
  return (
    <Notice
      tone="info"
      title={source === 'json' ? 'The JSON is taken as it stands' : 'The revision is taken as it stands'}
    >
      Nothing is to be filled in here. To change it by form, choose “From an image” in the step before.
    </Notice>
  )
}

function TaskForm() {
  const { setValue, getValues } = useServiceForm()
  const cpu = useServicePart((values) => values.taskDefinition.form.cpu)
  const fitMemory = (chosen: number) => {
    const legal = memoryFor(chosen)
    const [least] = legal
    if (least !== undefined && !legal.includes(getValues(`${form}.memoryMib`)))
      setValue(`${form}.memoryMib`, least, { shouldDirty: true, shouldValidate: true })
  }
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-3.5 gap-y-5 sm:grid-cols-2">
        <TextInput
          name={`${form}.family`}
          label="Family"
          mono
          placeholder="backend-api"
          hint="Each change makes its next revision."
        />
        <SegmentInput
          name={`${form}.architecture`}
          label="Processor"
          options={[
            { value: 'X86_64', label: 'x86-64' },
            { value: 'ARM64', label: 'ARM64' },
          ]}
          hint="As the image was built."
        />
        <SizeInput
          name={`${form}.cpu`}
          label="CPU"
          sizes={fargateSizes.map((size) => ({ value: size.cpu, label: cpuLabel(size.cpu) }))}
          onPicked={fitMemory}
        />
        <SizeInput
          name={`${form}.memoryMib`}
          label="Memory"
          sizes={memoryFor(cpu).map((value) => ({ value, label: memoryLabel(value) }))}
          hint="Only what Fargate offers with this CPU."
        />
      </div>
      <ContainerList />
      <Fold
        title="Roles and tags"
        summary="for logs, secrets and private images"
        fields={[`${form}.executionRoleArn`, `${form}.taskRoleArn`, `${form}.tags`]}
      >
        <TextInput
          name={`${form}.executionRoleArn`}
          label="Execution role"
          mono
          placeholder="arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
          hint="ECS uses it to pull private images, write logs and read secrets."
        />
        <TextInput
          name={`${form}.taskRoleArn`}
          label="Task role"
          mono
          placeholder="arn:aws:iam::123456789012:role/backend-api"
          hint="What the containers themselves may do in AWS. ECS Exec needs one."
        />
        <TagsInput name={`${form}.tags`} />
      </Fold>
    </div>
  )
}
