'use client'

import { useFormContext } from 'react-hook-form'
import { Checkbox } from '../ui/checkbox'
import { NumberBox } from '../wizard/fields/number-box'
import { SelectInput } from '../wizard/fields/select-input'
import { TextInput } from '../wizard/fields/text-input'
import { useField } from '../wizard/fields/use-field'
import { Fold } from '../wizard/fold'
import type { ConnectValues, PortValues } from './values'

const protocols = [
  { value: 'http', label: 'HTTP' },
  { value: 'http2', label: 'HTTP/2' },
  { value: 'grpc', label: 'gRPC' },
  { value: 'tcp', label: 'Plain TCP', hint: 'no counts, no request timeout' },
]

type PortFieldsProps = { ports: readonly PortValues[]; home: string }

/** Which ports of the task others may call, and by which name. */
export function PortFields({ ports, home }: PortFieldsProps) {
  const { setValue } = useFormContext<ConnectValues>()
  return (
    <div data-field="ports" className="flex flex-col gap-4">
      {ports.map((port, at) => (
        <section
          key={`${port.container}:${port.containerPort}`}
          aria-label={`Port ${port.containerPort} of ${port.container}`}
          className="flex flex-col gap-4 border-line not-first:border-t not-first:pt-4"
        >
          {ports.length > 1 && (
            <Checkbox
              checked={port.isOn}
              onChange={(isOn) =>
                setValue(`ports.${at}.isOn`, isOn, { shouldDirty: true, shouldValidate: true })
              }
            >
              Offer port <span className="font-mono text-xs">{port.containerPort}</span> of{' '}
              <span className="font-mono text-xs">{port.container}</span>
            </Checkbox>
          )}
          {port.isOn && <OnePort port={port} at={at} home={home} />}
        </section>
      ))}
    </div>
  )
}

function callers(
  { aliasDnsName, discoveryName, portName, aliasPort, appProtocol }: PortValues,
  home: string,
) {
  const host = aliasDnsName || (discoveryName || portName) + (home && `.${home}`)
  const port = aliasPort ?? '?'
  return appProtocol === '' || appProtocol === 'grpc' ? `${host}:${port}` : `http://${host}:${port}`
}

function OnePort({ port, at, home }: { port: PortValues; at: number; home: string }) {
  const group = `ports.${at}`
  const alias = useField(`${group}.aliasDnsName`)
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-x-3.5 gap-y-4 sm:grid-cols-[minmax(0,1fr)_128px]">
        <TextInput
          name={`${group}.aliasDnsName`}
          label="Client alias"
          mono
          placeholder="discovery name and namespace"
          hint={alias.error ? undefined : `Callers use ${callers(port, home)}`}
        />
        <NumberBox name={`${group}.aliasPort`} label="Alias port" placeholder={String(port.containerPort)} />
        <TextInput
          name={`${group}.discoveryName`}
          label="Discovery name"
          mono
          placeholder="the port’s name"
          hint={home === '' ? 'Unique in the namespace.' : `Unique in ${home}.`}
        />
        <SelectInput
          name={`${group}.appProtocol`}
          label="Speaks"
          emptyValue="tcp"
          options={protocols}
          isDisabled={port.isOffered}
        />
        <TextInput
          name={`${group}.portName`}
          label="Port name"
          mono
          isDisabled={port.isNamed}
          className="sm:col-span-2"
          hint={
            port.isNamed
              ? `As the task definition names port ${port.containerPort}.`
              : `Port ${port.containerPort} has none yet: the plan registers a revision with this one.`
          }
        />
      </div>
      <Fold
        title="Timeouts and the proxy’s port"
        summary="ECS’s defaults unless changed"
        fields={[`${group}.idleTimeoutSeconds`, `${group}.perRequestTimeoutSeconds`, `${group}.ingressPort`]}
      >
        <div className="grid gap-3.5 sm:grid-cols-2">
          {port.appProtocol !== '' && (
            <NumberBox
              name={`${group}.perRequestTimeoutSeconds`}
              label="Request timeout, seconds"
              placeholder="15"
              hint="0: none."
            />
          )}
          <NumberBox
            name={`${group}.idleTimeoutSeconds`}
            label="Idle timeout, seconds"
            placeholder={port.appProtocol === '' ? '3600' : '300'}
            hint="0: none."
          />
          <NumberBox
            name={`${group}.ingressPort`}
            label="Proxy listens on"
            placeholder={String(port.containerPort)}
            hint="Else on the task port, in front of the application."
          />
        </div>
      </Fold>
    </div>
  )
}
