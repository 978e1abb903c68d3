'use client'

import { CardInput } from '../fields/card-input'
import { NumberInput } from '../fields/number-input'
import { sayDuration } from '../fields/seconds'
import { reasonAgainst } from './settle'
import { useDiscovery } from './use-settings'

const recordCards = [
  { value: 'A', title: 'A', text: 'IPv4 addresses. Right for tasks on Fargate.' },
  { value: 'AAAA', title: 'AAAA', text: 'IPv6 addresses.' },
  { value: 'A_AAAA', title: 'A and AAAA', text: 'Both kinds of addresses.' },
  { value: 'SRV', title: 'SRV', text: 'Address and port; for clients that read SRV.' },
  { value: 'CNAME', title: 'CNAME', text: 'Another name, such as a load balancer’s.' },
  { value: 'NONE', title: 'No records', text: 'Only by the DiscoverInstances API.' },
] as const

const routingCards = [
  {
    value: 'MULTIVALUE',
    title: 'Multivalue',
    text: 'Up to 8 healthy addresses in one answer; the client takes one.',
  },
  { value: 'WEIGHTED', title: 'Weighted', text: 'One address in each answer, a random one of all.' },
] as const

/** What DNS answers, and for how long it is remembered. */
export function RecordFields({ group }: { group: string }) {
  const { values, settings, settleNow } = useDiscovery(group)
  const hasRecords = values.records !== 'NONE'
  const ttl = values.ttlSeconds
  return (
    <div className="flex flex-col gap-5">
      <CardInput
        name={`${group}.records`}
        label="DNS records"
        onPicked={settleNow}
        options={recordCards.map((card) => ({
          ...card,
          reason: reasonAgainst(settings, 'records', card.value),
        }))}
      />
      {hasRecords && (
        <>
          <CardInput
            name={`${group}.routing`}
            label="Routing policy"
            columns={2}
            onPicked={settleNow}
            options={routingCards.map((card) => ({
              ...card,
              reason: reasonAgainst(settings, 'routing', card.value),
            }))}
          />
          <NumberInput
            name={`${group}.ttlSeconds`}
            label="TTL, in seconds"
            minValue={0}
            hint={ttl === null ? 'How long clients remember an answer.' : ttlMeaning(ttl)}
          />
        </>
      )}
    </div>
  )
}

export function ttlMeaning(seconds: number): string {
  if (seconds === 0) return 'Clients ask again for every call: no dead address, but one DNS query each time.'
  return `After a restart clients may call a dead address for up to ${sayDuration(seconds)}.`
}
