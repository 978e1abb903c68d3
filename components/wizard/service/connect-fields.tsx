'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { useOffer } from '../choices'
import { NumberBox } from '../fields/number-box'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'
import { ConnectNamespace } from './connect-namespace'
import { portLabel, taskPorts } from './ports'
import { useServiceForm, useServicePart } from './use-service'

const list = 'serviceConnect.endpoints'

/** What the service offers by Service Connect: ports, each under a name that callers use. */
export function ConnectFields() {
  const { control } = useServiceForm()
  const { fields, append, remove } = useFieldArray({ control, name: list })
  const { choices } = useOffer()
  const home = useServicePart((values) => nameOfHome(values.serviceConnect.namespace, choices.namespaces))
  return (
    <div className="flex flex-col gap-5">
      <ConnectNamespace />
      {fields.map((field, at) => (
        <div key={field.id} className="flex flex-col gap-5">
          {fields.length > 1 && (
            <div className="flex items-center gap-2 border-line border-t pt-4">
              <h3 className="flex-1 font-medium text-ink text-sm">Endpoint {at + 1}</h3>
              <IconButton label={`Remove endpoint ${at + 1}`} onPress={() => remove(at)}>
                <Trash2 aria-hidden />
              </IconButton>
            </div>
          )}
          <Endpoint at={at} home={home} />
        </div>
      ))}
      <div>
        <Button
          onPress={() =>
            append(
              { portName: '', discoveryName: '', aliasDnsName: '', aliasPort: 80 },
              { shouldFocus: false },
            )
          }
        >
          <Plus aria-hidden />
          Add endpoint
        </Button>
      </div>
    </div>
  )
}

function Endpoint({ at, home }: { at: number; home: string }) {
  const { choices } = useOffer()
  const group = `${list}.${at}` as const
  const alias = useServicePart((values) => {
    const endpoint = values.serviceConnect.endpoints[at]
    if (!endpoint) return ''
    const host = endpoint.aliasDnsName || (endpoint.discoveryName || endpoint.portName) + (home && `.${home}`)
    return host === ''
      ? ''
      : `http://${host}${endpoint.aliasPort === 80 ? '' : `:${endpoint.aliasPort ?? '?'}`}`
  })
  const definition = useServicePart((values) => values.taskDefinition)
  const ports = taskPorts(definition, choices.revisions)
  const named = ports?.filter((port) => port.name !== '' && port.protocol === 'tcp') ?? []
  return (
    <div className="grid gap-x-3.5 gap-y-5 sm:grid-cols-2">
      {ports ? (
        <SelectInput
          name={`${group}.portName`}
          label="Port name"
          mono
          placeholder={named.length === 0 ? 'No port has a name' : 'Choose a port'}
          hint={
            named.length === 0
              ? 'Give a port of the task definition a name.'
              : 'From the task definition’s ports.'
          }
          options={named.map((port) => ({ value: port.name, label: portLabel(port) }))}
        />
      ) : (
        <TextInput
          name={`${group}.portName`}
          label="Port name"
          mono
          placeholder="http"
          hint="As the task definition names it."
        />
      )}
      <TextInput
        name={`${group}.discoveryName`}
        label="Discovery name"
        mono
        placeholder="the port’s name"
        hint={home === '' ? 'Unique in the namespace.' : `Unique in ${home}.`}
      />
      <TextInput
        name={`${group}.aliasDnsName`}
        label="Client alias"
        mono
        placeholder="discovery name and namespace"
        hint={alias === '' ? undefined : `Callers use ${alias}`}
      />
      <NumberBox name={`${group}.aliasPort`} label="Alias port" placeholder="80" />
    </div>
  )
}

type Home = { readonly kind: string; readonly id: string; readonly namespace: { readonly name: string } }

function nameOfHome(
  home: Home,
  namespaces: readonly { readonly id: string; readonly name: string }[],
): string {
  if (home.kind === 'new') return home.namespace.name
  if (home.kind === 'same') return ''
  return namespaces.find((each) => each.id === home.id)?.name ?? ''
}
