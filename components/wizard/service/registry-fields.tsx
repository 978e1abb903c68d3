'use client'

import { AtSign, Plus } from 'lucide-react'
import { Notice } from '../../ui/notice'
import { useOffer } from '../choices'
import { HealthFields } from '../discovery/health-fields'
import { NameFields } from '../discovery/name-fields'
import { RecordFields, ttlMeaning } from '../discovery/record-fields'
import { SelectInput } from '../fields/select-input'
import { Fold } from '../fold'
import { Inset } from '../inset'
import { RegistryPort } from './registry-port'
import { useServiceForm, useServicePart } from './use-service'
import { recordTypesOf } from './values'

const MAKE_NEW = 'new'
const service = 'registry.service'

/** The discovery service in which its tasks register: one that is there, or a new one in the same plan. */
export function RegistryFields() {
  const { setValue } = useServiceForm()
  const { choices } = useOffer()
  const kind = useServicePart((values) => values.registry.kind)
  const id = useServicePart((values) => values.registry.id)
  const needsPort = useServicePart((values) => recordTypesOf(values.registry).includes('SRV'))
  const chosen = kind === 'existing' ? choices.discoveryServices.find((each) => each.id === id) : undefined
  const pick = (value: string) => {
    const dirty = { shouldDirty: true } as const
    setValue('registry.kind', value === MAKE_NEW ? 'new' : 'existing', dirty)
    if (value === MAKE_NEW) return
    const types = choices.discoveryServices.find((each) => each.id === value)?.recordTypes ?? []
    setValue('registry.recordTypes', [...types], dirty)
    setValue('registry.id', value, { ...dirty, shouldValidate: true })
  }
  return (
    <div className="flex flex-col gap-4">
      <SelectInput
        name="registry.id"
        shown={kind === 'new' ? MAKE_NEW : id}
        label="Discovery service"
        placeholder="Choose a discovery service"
        hint={chosen?.ttlSeconds == null ? undefined : ttlMeaning(chosen.ttlSeconds)}
        onPicked={pick}
        options={[
          ...choices.discoveryServices.map((each) => ({
            value: each.id,
            label: each.dnsName ?? `${each.name} in ${each.namespaceName}`,
            glyph: <AtSign aria-hidden />,
            hint: [
              each.recordTypes.join(' and ') || 'no DNS',
              each.usedBy.length > 0 && `used by ${each.usedBy.join(', ')}`,
            ]
              .filter(Boolean)
              .join(' · '),
            reason: each.recordTypes.includes('CNAME') ? 'a CNAME cannot hold the addresses of tasks' : null,
          })),
          {
            value: MAKE_NEW,
            label: 'New discovery service…',
            glyph: <Plus aria-hidden />,
            hint: 'made in the same plan',
          },
        ]}
      />
      {chosen && chosen.usedBy.length > 0 && (
        <Notice tone="warn" title={`${chosen.usedBy.join(', ')} registers here too`}>
          Callers of {chosen.dnsName ?? chosen.name} will reach the tasks of both.
        </Notice>
      )}
      {kind === 'new' && (
        <Inset title="New discovery service">
          <NameFields group={service} />
          <Fold
            title="Records, TTL and health"
            summary="A, 60 s and custom health unless changed"
            fields={[
              `${service}.records`,
              `${service}.routing`,
              `${service}.ttlSeconds`,
              `${service}.health`,
            ]}
          >
            <RecordFields group={service} />
            <HealthFields group={service} />
          </Fold>
        </Inset>
      )}
      {needsPort && <RegistryPort />}
    </div>
  )
}
