'use client'

import type { InstanceNode, ServiceNode } from '@/lib/topology/model'
import { InstanceGlyph } from '../topology/instance-shape'
import { instanceWord } from '../topology/state-words'
import { formatSince } from '../ui/age'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { useNow } from '../ui/use-now'
import { inListOrder } from './instance-order'

const most = 12

type InstanceListProps = {
  service: ServiceNode
  instanceId: string | null
  answeredId: string | null
  onInstance: (id: string | null) => void
}

/** The first instances with address, zone and age. A click marks one on the map. */
export function InstanceList({ service, instanceId, answeredId, onInstance }: InstanceListProps) {
  const now = useNow(1000)
  if (service.instances.length === 0)
    return <p className="text-ink-soft text-sm">None runs, none is registered.</p>
  const hidden = service.instances.length - most
  return (
    <>
      <ul className="-mx-2 flex flex-col">
        {inListOrder(service.instances)
          .slice(0, most)
          .map((instance) => (
            <li key={instance.id}>
              <button
                type="button"
                aria-pressed={instance.id === instanceId}
                aria-label={`${addressOf(instance)}, ${instanceWord(instance.state)}${instance.id === answeredId ? ', answered the last call' : ''}`}
                onClick={() => onInstance(instance.id === instanceId ? null : instance.id)}
                className={cn(
                  'flex h-7 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-sunk focus-visible:-outline-offset-2',
                  (instance.id === instanceId || instance.id === answeredId) &&
                    'bg-accent-soft hover:bg-accent-soft',
                )}
              >
                <InstanceGlyph state={instance.state} answered={instance.id === answeredId} />
                <span className="min-w-0 flex-1 truncate font-mono text-ink text-xs">
                  {addressOf(instance)}
                </span>
                {instance.state !== 'healthy' && (
                  <span className="text-2xs text-ink-soft">
                    {instance.state === 'orphaned' ? 'no task' : instance.state}
                  </span>
                )}
                {instance.zone && <Chip>{instance.zone}</Chip>}
                <span className="w-12 text-right text-ink-soft text-xs">{ageOf(instance, now)}</span>
              </button>
            </li>
          ))}
      </ul>
      {hidden > 0 && <p className="mt-1 text-ink-soft text-xs">and {hidden} more under Instances</p>}
    </>
  )
}

export function addressOf(instance: InstanceNode): string {
  if (!instance.address) return instance.taskStatus?.toLowerCase() ?? 'no address yet'
  return instance.port === null ? instance.address : `${instance.address}:${instance.port}`
}

export function ageOf(instance: InstanceNode, nowMs: number): string {
  const since = instance.startedAtMs ?? instance.createdAtMs
  return since === null ? '–' : formatSince(nowMs - since)
}
