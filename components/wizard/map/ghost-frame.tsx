'use client'

import type { NodeProps } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { GroupGlyph } from '../../topology/group-frame'
import type { FrameFlowNode } from '../../topology/to-flow'

/** A namespace or cluster that is not there yet. */
export function GhostFrame({ data }: NodeProps<FrameFlowNode>) {
  const { group } = data
  return (
    <div
      data-ghost={group.title}
      className="h-full w-full rounded-frame border border-accent border-dashed bg-frame"
    >
      <span className="absolute top-0 left-3.5 flex h-[22px] max-w-[calc(100%-28px)] -translate-y-1/2 items-center gap-1.5 rounded-full border border-accent border-dashed bg-accent-soft px-2.5 text-ink text-xs">
        <GroupGlyph group={group} level="full" />
        <span className="truncate font-medium">{group.title}</span>
        <span className="flex shrink-0 items-center gap-0.5 text-accent-ink">
          <Plus aria-hidden className="size-3" />
          new
        </span>
      </span>
      {group.serviceIds.length === 0 && (
        <p className="flex h-full items-center justify-center pt-2 text-ink-soft text-xs">
          {group.detail ? `${group.detail}, no service yet` : 'no service yet'}
        </p>
      )}
    </div>
  )
}
