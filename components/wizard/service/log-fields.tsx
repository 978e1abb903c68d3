'use client'

import { useFormContext } from 'react-hook-form'
import { Checkbox } from '../../ui/checkbox'
import { CheckInput } from '../fields/check-input'
import { TextInput } from '../fields/text-input'
import { useText } from '../fields/use-value'

/** Where the container's output goes. */
export function LogFields({ group }: { group: string }) {
  const { setValue } = useFormContext()
  const isOn = useText(`${group}.kind`) === 'awslogs'
  return (
    <section aria-label="Logs" className="flex flex-col gap-3">
      <Checkbox
        checked={isOn}
        onChange={(on) => setValue(`${group}.kind`, on ? 'awslogs' : 'none', { shouldDirty: true })}
        hint="Needs an execution role that may write logs."
      >
        Send logs to CloudWatch
      </Checkbox>
      {isOn && (
        <div className="flex flex-col gap-4 pl-6">
          <div className="grid gap-3.5 sm:grid-cols-[minmax(0,1fr)_120px]">
            <TextInput name={`${group}.group`} label="Log group" mono placeholder="/ecs/backend-api" />
            <TextInput name={`${group}.streamPrefix`} label="Stream prefix" mono placeholder="ecs" />
          </div>
          <TextInput name={`${group}.region`} label="Region" mono />
          <CheckInput
            name={`${group}.createGroup`}
            hint="The execution role must allow logs:CreateLogGroup too."
          >
            Create the log group when it is missing
          </CheckInput>
        </div>
      )}
    </section>
  )
}
