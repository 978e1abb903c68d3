'use client'

import { CheckInput } from '../fields/check-input'
import { PairsInput } from '../fields/pairs-input'
import { TextInput } from '../fields/text-input'
import { Fold } from '../fold'
import { EnvironmentInput } from './environment-input'
import { HealthCheckFields } from './health-check-fields'
import { LogFields } from './log-fields'
import { PortsInput } from './ports-input'

/** One container of a task; `group` is its place in the form. */
export function ContainerFields({ group, isFirst }: { group: string; isFirst: boolean }) {
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-x-3.5 gap-y-5 sm:grid-cols-2">
        <TextInput name={`${group}.name`} label="Container name" mono placeholder="backend-api" />
        <TextInput
          name={`${group}.image`}
          label="Image"
          mono
          placeholder="backend-api:latest"
          hint={isFirst ? 'From the step before.' : undefined}
        />
      </div>
      <PortsInput name={`${group}.ports`} />
      <EnvironmentInput name={`${group}.environment`} />
      <HealthCheckFields group={`${group}.healthCheck`} portsName={`${group}.ports`} />
      <Fold
        title="Secrets, logs, command"
        summary="from Secrets Manager or SSM; to CloudWatch"
        fields={[`${group}.secrets`, `${group}.logs`, `${group}.command`, `${group}.essential`]}
      >
        <PairsInput
          name={`${group}.secrets`}
          label="Secrets"
          hint="Read by ECS when the task starts; only where they are is kept, never what they hold."
          keys={[
            { id: 'name', label: 'Variable' },
            { id: 'valueFrom', label: 'ARN or parameter name' },
          ]}
          addLabel="Add secret"
          mono
          max={200}
        />
        <LogFields group={`${group}.logs`} />
        <TextInput
          name={`${group}.command`}
          label="Command"
          mono
          placeholder="as the image says"
          hint="Words parted by spaces; quotes hold a word together."
        />
        <CheckInput name={`${group}.essential`} hint="When it stops, the whole task stops.">
          Essential
        </CheckInput>
      </Fold>
    </div>
  )
}
