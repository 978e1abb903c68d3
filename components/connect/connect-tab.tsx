'use client'

import { ArrowRightLeft, Settings2, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import { ConnectFacts } from '../inspector/connect-facts'
import { Section } from '../inspector/section'
import { redeployWish } from '../plan/wishes'
import { useCommands } from '../topology/keys/command-bus'
import { Button } from '../ui/button'
import { connectAsk } from './connect-ask'
import { RolloutPanel } from './rollout'
import { staleClients } from './stale-clients'

type ConnectTabProps = { topology: Topology; service: ServiceNode; onSelect: (id: string) => void }

/** Service Connect of one service: what it is, who waits for a redeployment, and what can be done. */
export function ConnectTab({ topology, service, onSelect }: ConnectTabProps) {
  const run = useCommands()
  const { connect } = service
  const ask = connectAsk(topology, service, connect ? 'as it is' : 'on')
  const migrate = service.discovery?.dnsName ? connectAsk(topology, service, 'migrate') : null
  const off = connect ? connectAsk(topology, service, 'off') : null
  const redeploy = connect && connect.unknownNames.length > 0 ? redeployWish(topology, service) : null
  const stale = staleClients(topology, service)
  return (
    <>
      {service.ecs?.rollout && (
        <div className="border-line border-b px-4 py-3.5">
          <RolloutPanel service={service} topology={topology} />
        </div>
      )}
      {connect ? (
        <ConnectFacts name={service.name} connect={connect} />
      ) : (
        <Section title="Service Connect">
          <p className="text-ink text-sm">
            Off. A proxy beside each task would give calls a name, retries, counts and quick failover.
          </p>
        </Section>
      )}
      {redeploy && (
        <Stale
          title={`${service.name} waits for a redeployment`}
          action={
            <Button onPress={() => run({ kind: 'change', change: redeploy })}>
              Redeploy {service.name}…
            </Button>
          }
        >
          New tasks of the same revision resolve {connect?.unknownNames.join(', ')}.
        </Stale>
      )}
      {stale.length > 0 && ask && (
        <Stale
          title="Clients that wait for a redeployment"
          action={<Button onPress={() => run({ kind: 'connect', connect: ask })}>Redeploy them…</Button>}
        >
          {stale.map((client, at) => (
            <span key={client.id}>
              {at > 0 && ', '}
              <button
                type="button"
                className="rounded-chip text-accent hover:underline"
                onClick={() => onSelect(client.id)}
              >
                {client.name}
              </button>
            </span>
          ))}{' '}
          {stale.length === 1 ? 'was' : 'were'} deployed before a name of {service.name} existed.
        </Stale>
      )}
      <div className="flex flex-wrap gap-2 px-4 py-3.5">
        <Button
          tone={connect ? 'plain' : 'primary'}
          isDisabled={!ask}
          onPress={() => ask && run({ kind: 'connect', connect: ask })}
        >
          <Settings2 aria-hidden />
          {connect ? 'Change…' : 'Switch on…'}
        </Button>
        {off && <Button onPress={() => run({ kind: 'connect', connect: off })}>Switch off…</Button>}
        {migrate && (
          <Button onPress={() => run({ kind: 'connect', connect: migrate })}>
            <ArrowRightLeft aria-hidden />
            Move from service discovery…
          </Button>
        )}
      </div>
    </>
  )
}

function Stale({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
  return (
    <Section title={title}>
      <div className="flex flex-col items-start gap-2">
        <p className="flex gap-1.5 text-sm text-warn-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 break-words">{children}</span>
        </p>
        {action}
      </div>
    </Section>
  )
}
