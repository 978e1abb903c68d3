'use client'

import { Plus, X } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { CardInput } from '../fields/card-input'
import { ComboInput } from '../fields/combo-input'
import { NumberBox } from '../fields/number-box'
import { SegmentInput } from '../fields/segment-input'
import { useServiceForm, useServicePart } from './use-service'

const list = 'capacity.strategy'

const kinds = [
  { value: 'launch type', title: 'Launch type', text: 'All tasks on Fargate, or on your own instances.' },
  {
    value: 'providers',
    title: 'Capacity providers',
    text: 'Shares of several: for example one on Fargate, the rest on Spot.',
  },
] as const

/** On what its tasks run. */
export function CapacityFields() {
  const { setValue, getValues } = useServiceForm()
  const kind = useServicePart((values) => values.capacity.kind)
  const isForm = useServicePart((values) => values.taskDefinition.kind === 'form')
  const fill = (chosen: 'launch type' | 'providers') => {
    if (chosen === 'providers' && getValues(list).length === 0)
      setValue(list, [{ provider: 'FARGATE', weight: 1, base: 0 }], { shouldDirty: true })
  }
  return (
    <div className="flex flex-col gap-4">
      <CardInput name="capacity.kind" label="Capacity" columns={2} options={kinds} onPicked={fill} />
      {kind === 'providers' ? (
        <Providers />
      ) : (
        !isForm && (
          <SegmentInput
            name="capacity.launchType"
            label="Launch type"
            options={[
              { value: 'FARGATE', label: 'Fargate' },
              { value: 'EC2', label: 'EC2' },
            ]}
          />
        )
      )}
    </div>
  )
}

function Providers() {
  const { control } = useServiceForm()
  const { fields, append, remove } = useFieldArray({ control, name: list })
  return (
    <fieldset data-field={list} className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">Strategy</legend>
      {fields.map((row, at) => (
        <div key={row.id} className="grid grid-cols-[minmax(0,1fr)_88px_88px_28px] items-end gap-2">
          <ComboInput
            name={`${list}.${at}.provider`}
            label={at === 0 ? 'Provider' : undefined}
            aria-label={at === 0 ? undefined : `Provider ${at + 1}`}
            mono
            suggestions={[{ value: 'FARGATE' }, { value: 'FARGATE_SPOT' }]}
          />
          <NumberBox
            name={`${list}.${at}.weight`}
            label={at === 0 ? 'Weight' : undefined}
            aria-label={at === 0 ? undefined : `Weight of provider ${at + 1}`}
          />
          <NumberBox
            name={`${list}.${at}.base`}
            label={at === 0 ? 'Base' : undefined}
            aria-label={at === 0 ? undefined : `Base of provider ${at + 1}`}
          />
          <IconButton label={`Remove provider ${at + 1}`} onPress={() => remove(at)} className="mb-[3px]">
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button onPress={() => append({ provider: '', weight: 1, base: 0 }, { shouldFocus: false })}>
          <Plus aria-hidden />
          Add provider
        </Button>
      </div>
      <p className="text-ink-soft text-xs">
        The base runs on its provider first; the rest is shared by weight. The cluster must have the provider.
      </p>
    </fieldset>
  )
}
