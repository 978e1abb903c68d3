'use client'

import { useOffer } from '../choices'
import { NumberBox } from '../fields/number-box'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'
import { taskPorts } from './ports'
import { useServiceForm, useServicePart } from './use-service'

/** The port that SRV records name. */
export function RegistryPort() {
  const { setValue } = useServiceForm()
  const { choices } = useOffer()
  const definition = useServicePart((values) => values.taskDefinition)
  const chosen = useServicePart(({ registry }) => `${registry.containerName} ${registry.containerPort ?? ''}`)
  const ports = taskPorts(definition, choices.revisions)
  if (!ports)
    return (
      <div className="grid gap-3.5 sm:grid-cols-2">
        <TextInput name="registry.containerName" label="Container for SRV" mono />
        <NumberBox name="registry.containerPort" label="Its port" />
      </div>
    )
  return (
    <SelectInput
      name="registry.containerName"
      shown={chosen.trim()}
      label="Port for SRV"
      placeholder="Choose a port"
      hint="An SRV record holds a port beside the address."
      onPicked={(value) => {
        const port = ports.find((each) => `${each.container} ${each.port}` === value)
        if (!port) return
        setValue('registry.containerPort', port.port, { shouldDirty: true })
        setValue('registry.containerName', port.container, { shouldDirty: true, shouldValidate: true })
      }}
      options={ports.map((port) => ({
        value: `${port.container} ${port.port}`,
        label: `${port.container} → ${port.port}/${port.protocol}`,
      }))}
    />
  )
}
