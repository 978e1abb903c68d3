'use client'

import type { NodeProps } from '@xyflow/react'
import { AtSign, Box, Plus } from 'lucide-react'
import { addressLine } from '../../topology/state-words'
import type { ServiceFlowNode } from '../../topology/to-flow'
import { Chip } from '../../ui/chip'

const mostDots = 10

/** A service that is not there yet, as it will stand on the map. */
export function GhostCard({ data }: NodeProps<ServiceFlowNode>) {
  const { service } = data
  const desired = service.ecs?.desired ?? 0
  const Glyph = service.ecs ? Box : AtSign
  return (
    <div
      data-ghost={service.name}
      className="flex h-[88px] w-60 flex-col overflow-hidden rounded-card border border-accent border-dashed bg-accent-soft px-3 py-2.5"
    >
      <div className="flex items-center gap-2">
        <Glyph aria-hidden className="size-4 shrink-0 text-accent-ink" strokeWidth={1.75} />
        <span className="min-w-0 flex-1 truncate font-semibold text-ink text-sm">{service.name}</span>
        {service.ecs && <span className="font-mono text-ink-soft text-xs">0/{desired}</span>}
      </div>
      <span className="mt-px h-5 truncate font-mono text-2xs text-ink-soft">{addressLine(service)}</span>
      <div className="mt-auto flex min-h-5 items-end justify-between gap-2">
        <PlannedDots count={desired} />
        <Chip tone="accent" icon={<Plus aria-hidden />} className="bg-raised">
          new
        </Chip>
      </div>
    </div>
  )
}

function PlannedDots({ count }: { count: number }) {
  const shown = Math.min(count, mostDots)
  return (
    <span className="flex items-center gap-1.5">
      <svg aria-hidden width={Math.max(1, shown * 14 - 4)} height={10} className="overflow-visible">
        {Array.from({ length: shown }, (_, at) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: planned tasks have no names
            key={at}
            cx={at * 14 + 5}
            cy={5}
            r={4.4}
            strokeWidth={1.2}
            strokeDasharray="2.3 1.6"
            className="fill-none stroke-ink-soft"
          />
        ))}
      </svg>
      {count > shown && <span className="font-mono text-2xs text-ink-soft">+{count - shown}</span>}
    </span>
  )
}
