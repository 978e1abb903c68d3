'use client'

import type { NodeProps } from '@xyflow/react'
import { AtSign, Box, Container, PackageOpen, SearchX, ShieldCheck } from 'lucide-react'
import { memo } from 'react'
import type { ServiceNode, State } from '@/lib/topology/model'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { connectMark } from './connect-words'
import { InstanceDots } from './instance-dots'
import { useLevel } from './level-of-detail'
import { useMapActions } from './map-actions'
import { ServiceTile } from './service-tile'
import { StateGlyph } from './state-glyph'
import { addressParts, describeService, discoveryWord, instanceCount, isMissing } from './state-words'
import type { ServiceFlowNode } from './to-flow'

const edgeColours: Record<State, string> = {
  ok: 'border-line',
  busy: 'border-line',
  warn: 'border-warn/45',
  bad: 'border-bad/55',
  off: 'border-line',
}

/** One service on the map; 240 by 88, whatever its text. */
export const ServiceCard = memo(function ServiceCard({ data, id }: NodeProps<ServiceFlowNode>) {
  const level = useLevel()
  const { select, moveCursor } = useMapActions()
  const { service, selected, dimmed, fresh, tabbable } = data
  const isNear = level === 'full' || level === 'compact'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element may not hold the drawing of dots that has titles
    <div
      role="button"
      tabIndex={tabbable ? 0 : -1}
      aria-label={describeService(service)}
      aria-pressed={selected}
      data-service={id}
      data-service-name={service.name}
      data-level={level}
      onClick={() => select(id)}
      onFocus={() => moveCursor(id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        event.stopPropagation()
        select(id)
      }}
      className={cn(
        'nokey pointer-events-auto relative h-[88px] w-60 text-left contain-strict',
        // Rounded clipping, borders and transitions are what a thousand cards cannot afford from afar.
        isNear &&
          'overflow-hidden rounded-card border bg-raised transition-[border-color,box-shadow,opacity] duration-150 hover:border-line-strong',
        isNear && edgeColours[service.state],
        isNear && isMissing(service) && 'border-dashed',
        selected &&
          'border-accent shadow-[0_0_0_3px_color-mix(in_srgb,var(--accent)_22%,transparent)] hover:border-accent',
        selected && !isNear && 'border-8',
        dimmed && 'opacity-25',
        fresh && 'animate-appear',
      )}
    >
      {level === 'full' && <FullCard {...data} />}
      {(level === 'compact' || level === 'tile') && <ServiceTile service={service} level={level} />}
    </div>
  )
})

function FullCard({ service, instanceId, answered }: ServiceFlowNode['data']) {
  const [address, port] = addressParts(service)
  const crowded = service.instances.length > 8
  const isChipBeside = crowded && service.state !== 'ok'
  const standIn = service.images.some((image) => image.standIn)
  return (
    <div className="flex h-full flex-col px-3 pt-2.5 pb-2.5">
      <div className="flex items-center gap-2">
        <ServiceGlyph service={service} />
        <span className="min-w-0 flex-1 truncate font-semibold text-ink text-sm">{service.name}</span>
        <span className="font-mono text-ink-soft text-xs">{instanceCount(service)}</span>
      </div>
      <div className="mt-px flex h-5 items-center gap-2">
        <span
          title={address + port}
          className={cn(
            'flex min-w-0 flex-1 whitespace-nowrap font-mono text-2xs text-ink-soft tracking-[-0.02em]',
            !isChipBeside && '-mr-2',
          )}
        >
          <span className="truncate">{address}</span>
          <span className="shrink-0">{port}</span>
        </span>
        {isChipBeside && <StateChip service={service} />}
      </div>
      <div className="mt-auto flex min-h-5 items-end justify-between gap-2">
        <span className="flex min-h-5 items-center">
          {service.instances.length > 0 ? (
            <InstanceDots instances={service.instances} selectedId={instanceId} answered={answered} />
          ) : (
            <span className="text-2xs text-ink-soft">{isMissing(service) ? null : 'no instances'}</span>
          )}
        </span>
        <span className="flex min-w-0 items-center gap-1">
          {standIn && (
            <Chip
              tone="outline"
              icon={<PackageOpen aria-hidden />}
              title="Its image is not pulled: a stand-in program answers"
            >
              {crowded || (service.connect && service.instances.length > 1) ? null : 'stand-in'}
            </Chip>
          )}
          {!crowded && service.state !== 'ok' && <StateChip service={service} />}
          {service.state === 'ok' && !(standIn && crowded) && (
            <DiscoveryChip
              service={service}
              iconOnly={crowded || (standIn && service.instances.length > 3)}
            />
          )}
        </span>
      </div>
      <RolloutLine service={service} />
      <ProxyMark service={service} />
    </div>
  )
}

function ServiceGlyph({ service }: { service: ServiceNode }) {
  const Glyph = service.ecs ? Box : service.discovery ? AtSign : isMissing(service) ? SearchX : Container
  return <Glyph aria-hidden className="size-4 shrink-0 text-ink-soft" strokeWidth={1.75} />
}

function StateChip({ service }: { service: ServiceNode }) {
  return (
    <Chip tone={service.state} icon={<StateGlyph state={service.state} />} title={service.reasons[0]}>
      {service.status}
    </Chip>
  )
}

function DiscoveryChip({ service, iconOnly }: { service: ServiceNode; iconOnly: boolean }) {
  if (service.connect) {
    const { tone, word, title } = connectMark(service.name, service.connect)
    return (
      <Chip tone={tone} icon={<ShieldCheck aria-hidden />} title={title}>
        {iconOnly && tone === 'accent' ? null : word}
      </Chip>
    )
  }
  const word = discoveryWord(service)
  return (
    <Chip tone="off" icon={<AtSign aria-hidden />} title={word}>
      {iconOnly ? null : word}
    </Chip>
  )
}

/** Where the sidecar stands: calls leave through it and, at a server, come in through it. */
function ProxyMark({ service }: { service: ServiceNode }) {
  const { connect } = service
  if (!connect) return null
  const colour = connect.proxiesHealthy < connect.proxies ? 'bg-busy' : 'bg-accent'
  return (
    <>
      {connect.mode === 'client and server' && (
        <span aria-hidden className={cn('absolute inset-y-8 left-0 w-[3px] rounded-r-full', colour)} />
      )}
      <span aria-hidden className={cn('absolute inset-y-8 right-0 w-[3px] rounded-l-full', colour)} />
    </>
  )
}

/** How far the rollout is, on the lower edge. */
function RolloutLine({ service }: { service: ServiceNode }) {
  const rollout = service.ecs?.rollout
  if (!rollout) return null
  const done = rollout.desired === 0 ? 1 : Math.min(1, rollout.running / rollout.desired)
  return (
    <span aria-hidden className="absolute inset-x-0 bottom-0 h-[3px] bg-busy-soft">
      <span
        className={cn(
          'block h-full rounded-r-full transition-[width] duration-250',
          rollout.state === 'FAILED' ? 'bg-bad' : 'bg-busy',
        )}
        style={{ width: `${Math.max(4, done * 100)}%` }}
      />
    </span>
  )
}
