'use client'

import { AtSign, Ban, Layers, ShieldCheck } from 'lucide-react'
import { CardInput } from '../fields/card-input'
import { CheckInput } from '../fields/check-input'
import { ConnectFields } from './connect-fields'
import { ConnectNamespace } from './connect-namespace'
import { RegistryFields } from './registry-fields'
import { useServiceForm, useServicePart } from './use-service'
import { isConnected, isRegistered, type ServiceValues } from './values'

const ways = [
  {
    value: 'connect',
    title: 'Service Connect',
    glyph: <ShieldCheck aria-hidden />,
    text: 'A proxy beside each task. Retries, metrics, instant failover. Callers must be in the namespace.',
  },
  {
    value: 'registry',
    title: 'Service discovery',
    glyph: <AtSign aria-hidden />,
    text: 'A DNS record per task. Works for any caller; clients may use a dead address until the TTL ends.',
  },
  {
    value: 'both',
    title: 'Both',
    glyph: <Layers aria-hidden />,
    text: 'The proxy for callers in the namespace, DNS for everybody else. Under two different names.',
  },
  {
    value: 'none',
    title: 'Not at all',
    glyph: <Ban aria-hidden />,
    text: 'It only calls others, or a load balancer stands in front.',
  },
] as const

/** How others find it. */
export function FoundStep() {
  const { getValues, setValue } = useServiceForm()
  const found = useServicePart((values) => values.found)
  const isClient = useServicePart((values) => values.serviceConnect.isClient)
  const partNames = (way: ServiceValues['found']) => {
    const [endpoint] = getValues('serviceConnect.endpoints')
    const registered = getValues('registry.service.name')
    // In one namespace Service Connect and a discovery service cannot share a name (Copilot adds the same ending).
    if (way === 'both' && endpoint && endpoint.discoveryName === registered.toLowerCase())
      setValue('serviceConnect.endpoints.0.discoveryName', `${endpoint.discoveryName}-sc`, {
        shouldDirty: true,
      })
  }
  return (
    <div className="flex flex-col gap-6">
      <CardInput
        name="found"
        label="How others find it"
        hideLabel
        columns={2}
        options={ways}
        onPicked={partNames}
      />
      {isRegistered({ found }) && <RegistryFields />}
      {isConnected({ found }) ? (
        <ConnectFields />
      ) : (
        <div className="flex flex-col gap-3">
          <CheckInput
            name="serviceConnect.isClient"
            hint="A proxy beside its tasks, though it offers no name of its own."
          >
            It calls names of Service Connect
          </CheckInput>
          {isClient && <ConnectNamespace />}
        </div>
      )}
    </div>
  )
}
