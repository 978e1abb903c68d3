'use client'

import { Activity, Globe, HeartOff } from 'lucide-react'
import { CardInput } from '../fields/card-input'
import { CheckInput } from '../fields/check-input'
import { NumberInput } from '../fields/number-input'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'
import { reasonAgainst } from './settle'
import { useDiscovery } from './use-settings'

const healthCards = [
  {
    value: 'custom',
    title: 'Custom',
    glyph: <Activity aria-hidden />,
    text: 'ECS tells Cloud Map what its container health checks say. Unhealthy tasks leave DNS.',
  },
  {
    value: 'route53',
    title: 'Route 53',
    glyph: <Globe aria-hidden />,
    text: 'AWS calls each instance from the internet every 30 s. Costs per check.',
  },
  {
    value: 'none',
    title: 'None',
    glyph: <HeartOff aria-hidden />,
    text: 'Every registered instance counts as healthy, dead ones too, until it is removed.',
  },
] as const

const checkTypes = ['HTTP', 'HTTPS', 'TCP'].map((value) => ({ value, label: value }))

/** Who decides whether an instance is healthy. */
export function HealthFields({ group, asksForTasks = false }: { group: string; asksForTasks?: boolean }) {
  const { values, settings, settleNow } = useDiscovery(group)
  const { health } = values
  return (
    <div className="flex flex-col gap-5">
      {asksForTasks && (
        <CheckInput
          name={`${group}.forEcsTasks`}
          onPicked={settleNow}
          hint="Tasks have private addresses, which rules some things out."
        >
          Tasks of an ECS service will register here
        </CheckInput>
      )}
      <CardInput
        name={`${group}.health.kind`}
        label="Health"
        onPicked={settleNow}
        options={healthCards.map((card) => ({
          ...card,
          reason: reasonAgainst(settings, 'health', card.value),
        }))}
      />
      {health.kind === 'route53' && (
        <div className="flex flex-col gap-5">
          <div className="grid gap-3 sm:grid-cols-[140px_minmax(0,1fr)]">
            <SelectInput name={`${group}.health.type`} label="Protocol" options={checkTypes} />
            {health.type !== 'TCP' && (
              <TextInput name={`${group}.health.resourcePath`} label="Path" mono placeholder="/" />
            )}
          </div>
          <NumberInput
            name={`${group}.health.failureThreshold`}
            label="Failures in a row"
            minValue={1}
            maxValue={10}
            hint={
              health.failureThreshold === null
                ? undefined
                : `Unhealthy after about ${health.failureThreshold * 30} s.`
            }
          />
        </div>
      )}
    </div>
  )
}
