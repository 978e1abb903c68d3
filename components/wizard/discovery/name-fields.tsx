'use client'

import { useOffer } from '../choices'
import { TextInput } from '../fields/text-input'
import { FullName } from './full-name'
import { NamespaceChoice } from './namespace-choice'
import { useDiscovery } from './use-settings'
import { fullName } from './words'

/** Where it is and what it is called. */
export function NameFields({ group }: { group: string }) {
  const { choices } = useOffer()
  const { values, settings, settleNow } = useDiscovery(group)
  const { namespace } = values
  const home =
    namespace.kind === 'new'
      ? namespace.namespace.name
      : (choices.namespaces.find((each) => each.id === namespace.id)?.name ?? '')
  const hasDns = settings.namespaceType !== 'HTTP'
  return (
    <div className="flex flex-col gap-5">
      <NamespaceChoice group={`${group}.namespace`} onPicked={settleNow} />
      <TextInput
        name={`${group}.name`}
        label="Discovery service name"
        mono
        placeholder="backend-api"
        hint="Letters, digits, hyphens and underscores. Unique in its namespace."
      />
      {hasDns ? (
        <FullName name={fullName(values.name, home, values.records !== 'NONE')} />
      ) : (
        <p className="text-ink-soft text-xs">
          {home === '' ? 'This namespace' : home} is an HTTP namespace: callers find it by the
          DiscoverInstances API, there is no DNS name.
        </p>
      )}
    </div>
  )
}
