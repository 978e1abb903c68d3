'use client'

import type { NodeProps } from '@xyflow/react'
import { Boxes, CircleDashed, FolderTree, Globe, Waypoints } from 'lucide-react'
import { memo } from 'react'
import { count } from '../ui/age'
import { cn } from '../ui/class-names'
import type { Group } from './grouping'
import { type LevelOfDetail, useLevel } from './level-of-detail'
import { useMapActions } from './map-actions'
import type { FrameFlowNode } from './to-flow'

const titleSizes: Record<LevelOfDetail, string> = {
  full: 'h-[22px] -translate-y-1/2 px-2.5 text-xs',
  compact: 'h-9 -translate-y-1/2 px-4 text-xl',
  tile: 'h-14 -translate-y-full px-2 text-[44px] leading-none',
  speck: 'h-20 -translate-y-[88%] px-2 text-[72px] leading-none',
}

/** A namespace or cluster: a rounded container with its title on the top edge. */
export const GroupFrame = memo(function GroupFrame({ data }: NodeProps<FrameFlowNode>) {
  const { group, selected, dimmed } = data
  const level = useLevel()
  const { select } = useMapActions()
  const isFar = level === 'tile' || level === 'speck'
  const isOutside = group.kind === 'outside'
  const facts = [
    group.detail,
    count(group.serviceIds.length, 'service'),
    count(group.instanceCount, 'instance'),
  ].filter(Boolean)
  return (
    <div
      className={cn(
        'h-full w-full rounded-frame border bg-frame transition-[border-color,opacity] duration-150',
        isOutside ? 'border-line-strong border-dashed' : 'border-line-strong',
        selected && 'border-accent',
        dimmed && 'opacity-40',
      )}
    >
      <button
        type="button"
        disabled={isOutside}
        onClick={() => select(group.id)}
        tabIndex={-1}
        aria-label={`${group.title}, ${facts.join(', ')}`}
        className={cn(
          'pointer-events-auto absolute top-0 left-3.5 flex max-w-[calc(100%-28px)] items-center gap-1.5 truncate rounded-full text-ink',
          isFar ? 'border-0' : 'border border-line-strong bg-raised hover:border-ink-faint',
          selected && 'border-accent text-accent-ink',
          titleSizes[level],
        )}
      >
        <GroupGlyph group={group} level={level} />
        <span className="shrink-0 font-medium">{group.title}</span>
        {level === 'full' && <span className="truncate text-ink-soft">{facts.join(' · ')}</span>}
      </button>
      {group.serviceIds.length === 0 && level === 'full' && (
        <p className="flex h-full items-center justify-center pt-2 text-ink-soft text-xs">
          No service {group.kind === 'cluster' ? 'runs in this cluster' : 'is registered here'}
        </p>
      )}
    </div>
  )
})

export function GroupGlyph({ group, level }: { group: Group; level: LevelOfDetail }) {
  const Glyph =
    group.kind === 'outside'
      ? CircleDashed
      : group.kind === 'cluster'
        ? Boxes
        : group.detail === 'HTTP'
          ? Waypoints
          : group.detail === 'public DNS'
            ? Globe
            : FolderTree
  return (
    <Glyph
      aria-hidden
      className={cn(
        'shrink-0 text-ink-soft',
        level === 'full' ? 'size-3.5' : level === 'compact' ? 'size-5' : 'hidden',
      )}
    />
  )
}
