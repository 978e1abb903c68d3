'use client'

import { NumberInput } from '../fields/number-input'
import { sayDuration } from '../fields/seconds'
import { TextInput } from '../fields/text-input'
import { at, useNumber, useText } from '../fields/use-value'
import { VpcInput } from './vpc-input'

const examples: Readonly<Record<string, string>> = {
  DNS_PRIVATE: 'production.local',
  DNS_PUBLIC: 'services.example.com',
  HTTP: 'production',
}

/** Name and reach of a namespace; `group` is its place in the form. */
export function NamespaceFields({ group }: { group: string }) {
  const type = useText(at(group, 'type'))
  const name = useText(at(group, 'name'))
  const ttl = useNumber(at(group, 'soaTtlSeconds'))
  const hasDns = type !== 'HTTP'
  return (
    <div className="flex flex-col gap-5">
      <TextInput
        name={at(group, 'name')}
        label="Name"
        mono
        placeholder={examples[type]}
        hint={
          hasDns
            ? `A service backend-api will be backend-api.${name === '' ? (examples[type] ?? '') : name}.`
            : 'What callers name when they ask Cloud Map; it is not a DNS name.'
        }
      />
      {type === 'DNS_PRIVATE' && <VpcInput name={at(group, 'vpcId')} />}
      {hasDns && (
        <NumberInput
          name={at(group, 'soaTtlSeconds')}
          label="SOA TTL, in seconds"
          minValue={0}
          hint={
            ttl === null
              ? 'How long resolvers remember that a name does not exist.'
              : `A name asked for too early is remembered as missing for up to ${sayDuration(ttl)}.`
          }
        />
      )}
    </div>
  )
}
