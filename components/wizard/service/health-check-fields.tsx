'use client'

import { useFormContext } from 'react-hook-form'
import { Checkbox } from '../../ui/checkbox'
import { NumberBox } from '../fields/number-box'
import { TextInput } from '../fields/text-input'
import { useNumber, useText } from '../fields/use-value'
import { describeHealth } from './health-words'
import { portValues } from './task-values'

type HealthCheckFieldsProps = { group: string; portsName: string }

/** A command that ECS runs inside the container again and again. */
export function HealthCheckFields({ group, portsName }: HealthCheckFieldsProps) {
  const { getValues, setValue } = useFormContext()
  const isOn = useText(`${group}.kind`) === 'shell'
  const check = {
    intervalSeconds: useNumber(`${group}.intervalSeconds`),
    timeoutSeconds: useNumber(`${group}.timeoutSeconds`),
    retries: useNumber(`${group}.retries`),
    startPeriodSeconds: useNumber(`${group}.startPeriodSeconds`),
  }
  const toggle = (on: boolean) => {
    setValue(`${group}.kind`, on ? 'shell' : 'none', { shouldDirty: true })
    const command: unknown = getValues(`${group}.command`)
    if (!on || command !== '') return
    const ports = portValues.array().safeParse(getValues(portsName))
    const port = ports.data?.find((each) => each.protocol === 'tcp')?.containerPort ?? 80
    setValue(`${group}.command`, `curl -f http://localhost:${port}/health || exit 1`, { shouldDirty: true })
  }
  return (
    <section aria-label="Health check" className="flex flex-col gap-3">
      <Checkbox
        checked={isOn}
        onChange={toggle}
        hint="Cloud Map leaves unhealthy tasks out of its answers, and ECS replaces them."
      >
        Health check
      </Checkbox>
      {isOn && (
        <div className="flex flex-col gap-4 pl-6">
          <TextInput name={`${group}.command`} label="Command" mono hint="Exit code 0 is healthy." />
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            <NumberBox name={`${group}.intervalSeconds`} label="Every, s" />
            <NumberBox name={`${group}.timeoutSeconds`} label="Timeout, s" />
            <NumberBox name={`${group}.retries`} label="Failures" />
            <NumberBox name={`${group}.startPeriodSeconds`} label="Grace, s" />
          </div>
          <p aria-live="polite" className="text-ink-soft text-xs">
            {describeHealth(check)}
          </p>
        </div>
      )}
    </section>
  )
}
