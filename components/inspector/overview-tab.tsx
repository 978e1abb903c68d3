'use client'

import { Check, PackageOpen, TriangleAlert } from 'lucide-react'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import { StateGlyph, stateColour } from '../topology/state-glyph'
import { isMissing } from '../topology/state-words'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { ConnectFacts } from './connect-facts'
import { Connections } from './connection-list'
import { EventList } from './event-list'
import { InstanceList } from './instance-list'
import { RolloutFacts } from './rollout-facts'
import { Fact, Facts, Section } from './section'
import { readTruths } from './truths'

type OverviewTabProps = {
  topology: Topology
  service: ServiceNode
  instanceId: string | null
  answeredId: string | null
  onSelect: (id: string) => void
  onInstance: (id: string | null) => void
}

export function OverviewTab(props: OverviewTabProps) {
  const { topology, service, onSelect } = props
  return (
    <>
      <Reasons service={service} />
      {service.ecs?.rollout && <RolloutFacts rollout={service.ecs.rollout} />}
      {!isMissing(service) && (
        <Section title="Instances">
          <InstanceList {...props} />
        </Section>
      )}
      {service.connect && <ConnectFacts name={service.name} connect={service.connect} />}
      {(service.ecs || service.discovery) && <TruthSection service={service} />}
      <Connections topology={topology} serviceId={service.id} onSelect={onSelect} />
      {hasNames(service) && <Names service={service} />}
      {service.images.length > 0 && <Images service={service} />}
      {service.ecs && service.ecs.events.length > 0 && <EventList events={service.ecs.events} />}
    </>
  )
}

function Reasons({ service }: { service: ServiceNode }) {
  if (service.reasons.length === 0) return null
  return (
    <Section title={`Why: ${service.status}`}>
      <ul className="flex flex-col gap-1.5">
        {service.reasons.map((reason) => (
          <li key={reason} className="flex gap-2 text-ink text-sm">
            <StateGlyph
              state={service.state}
              className={cn('mt-[3px] size-3.5 shrink-0', stateColour(service.state))}
            />
            <span className="min-w-0 break-words">{reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function TruthSection({ service }: { service: ServiceNode }) {
  const { rows, agree, why } = readTruths(service)
  return (
    <Section
      title="What runs, and what callers are told"
      aside={
        agree === null ? null : agree ? (
          <Chip tone="ok" icon={<Check aria-hidden />}>
            agree
          </Chip>
        ) : (
          <Chip tone="warn" icon={<TriangleAlert aria-hidden />}>
            differ
          </Chip>
        )
      }
    >
      <Facts>
        {rows.map((row) => (
          <Fact key={row.who} name={row.who}>
            {row.says}
          </Fact>
        ))}
      </Facts>
      {why && <p className="mt-1 text-warn-ink text-xs">{why}</p>}
    </Section>
  )
}

/** Whether there is anything to say under Names: tasks without ports and names that do not exist have nothing. */
function hasNames(service: ServiceNode): boolean {
  return service.ecs !== null || service.discovery !== null || service.ports.length > 0
}

function Names({ service }: { service: ServiceNode }) {
  const { ecs, discovery, ports } = service
  const records = discovery?.dnsRecords
    .map((record) => `${record.type}, TTL ${record.ttlSeconds} s`)
    .join(' · ')
  return (
    <Section title="Names">
      <Facts>
        {discovery?.dnsName && (
          <Fact name="DNS">
            <Copy inline name="DNS name" value={discovery.dnsName} />
          </Fact>
        )}
        {records && (
          <Fact name="Records">
            {records}
            {discovery?.routingPolicy && (
              <span className="text-ink-soft"> · {discovery.routingPolicy.toLowerCase()}</span>
            )}
          </Fact>
        )}
        {discovery && !discovery.dnsName && (
          <Fact name="Found by">
            <span className="text-ink-soft">DiscoverInstances only, no DNS record</span>
          </Fact>
        )}
        {discovery && (
          <Fact name="Cloud Map">
            <Copy inline name="Cloud Map service id" value={discovery.serviceId} />
          </Fact>
        )}
        {ports.map((port) => (
          <Fact key={`${port.container}:${port.port}/${port.protocol}`} name="Port">
            <span className="font-mono text-xs">
              {port.name ? `${port.name} → ` : ''}
              {port.port}/{port.protocol}
            </span>
            <span className="text-ink-soft"> · {port.container}</span>
          </Fact>
        ))}
        {ecs && (
          <>
            <Fact name="Task definition">
              <Copy inline name="task definition" value={ecs.taskDefinitionArn} text={ecs.taskDefinition} />
            </Fact>
            {ecs.launchType && <Fact name="Launch type">{ecs.launchType}</Fact>}
            <Fact name="ARN">
              <Copy inline name="service ARN" value={ecs.arn} length={30} />
            </Fact>
          </>
        )}
      </Facts>
    </Section>
  )
}

function Images({ service }: { service: ServiceNode }) {
  const standIn = service.images.some((image) => image.standIn)
  return (
    <Section title="Images">
      <ul className="flex flex-col gap-1">
        {service.images.map((image) => (
          <li key={image.container} className="flex min-h-6 items-center gap-2">
            <span className="min-w-0 flex-1">
              <Copy inline name={`image of ${image.container}`} value={image.image} length={38} />
            </span>
            {image.standIn && (
              <Chip tone="outline" icon={<PackageOpen aria-hidden />}>
                stand-in
              </Chip>
            )}
          </li>
        ))}
      </ul>
      {standIn && (
        <p className="mt-1.5 text-ink-soft text-xs">
          The local cloud pulls no images. A stand-in program listens on the same ports and answers with its
          identity.
        </p>
      )}
    </Section>
  )
}
