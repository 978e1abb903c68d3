'use client'

import { Plus, X } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { focusSoon } from '../fields/focus-soon'
import { NumberBox } from '../fields/number-box'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'
import { useText } from '../fields/use-value'

/** What a port speaks: the protocol, and for Service Connect what runs on top of TCP. */
const protocols = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
]
const appProtocols = [
  { value: 'plain', label: 'plain TCP' },
  { value: 'http', label: 'HTTP' },
  { value: 'http2', label: 'HTTP/2' },
  { value: 'grpc', label: 'gRPC' },
]

export function PortsInput({ name }: { name: string }) {
  const { fields, append, remove } = useFieldArray({ name })
  return (
    <fieldset data-field={name} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-medium text-ink text-sm">Ports</legend>
      {fields.length > 0 && (
        <div
          aria-hidden
          className="-mb-1 grid grid-cols-[minmax(0,1fr)_88px_88px_104px_28px] gap-2 text-ink-soft text-xs max-sm:hidden"
        >
          <span>Name</span>
          <span>Port</span>
          <span>Protocol</span>
          <span>Speaks</span>
        </div>
      )}
      {fields.map((row, at) => (
        <PortRow key={row.id} group={`${name}.${at}`} at={at} onRemove={() => remove(at)} />
      ))}
      <div className="flex items-center gap-3">
        <Button
          onPress={() => {
            append(
              { name: '', containerPort: null, protocol: 'tcp', appProtocol: '' },
              { shouldFocus: false },
            )
            focusSoon(`${name}.${fields.length}.name`)
          }}
        >
          <Plus aria-hidden />
          Add port
        </Button>
        <span className="text-ink-soft text-xs">Service Connect needs a name; it offers ports by it.</span>
      </div>
    </fieldset>
  )
}

function PortRow({ group, at, onRemove }: { group: string; at: number; onRemove: () => void }) {
  const protocol = useText(`${group}.protocol`)
  const row = `port ${at + 1}`
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_88px_88px_104px_28px] items-start gap-2 max-sm:grid-cols-2">
      <TextInput name={`${group}.name`} aria-label={`Name of ${row}`} mono placeholder="http" />
      <NumberBox
        name={`${group}.containerPort`}
        aria-label={`Number of ${row}`}
        placeholder="8080"
        className="[&_[slot=errorMessage]]:w-max"
      />
      <SelectInput name={`${group}.protocol`} aria-label={`Protocol of ${row}`} options={protocols} />
      <SelectInput
        name={`${group}.appProtocol`}
        aria-label={`What ${row} speaks`}
        emptyValue="plain"
        options={appProtocols.map((each) => ({
          ...each,
          reason: protocol === 'udp' && each.value !== 'plain' ? 'runs over TCP' : null,
        }))}
      />
      <IconButton label={`Remove ${row}`} onPress={onRemove} className="mt-[3px]">
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
