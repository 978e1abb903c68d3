'use client'

import { type MiniMapNodeProps, useNodesData } from '@xyflow/react'
import { memo } from 'react'
import type { State } from '@/lib/topology/model'
import type { MapFlowNode } from './to-flow'

const fills: Record<State, string> = {
  ok: 'fill-ok',
  busy: 'fill-busy',
  warn: 'fill-warn',
  bad: 'fill-bad',
  off: 'fill-off',
}

/** A service as a block in its state's colour, a frame as an outline. */
export const MiniMapNode = memo(function MiniMapNode({ id, x, y, width, height }: MiniMapNodeProps) {
  const node = useNodesData<MapFlowNode>(id)
  if (node?.type !== 'service') {
    return (
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={24}
        className="fill-sunk stroke-line-strong"
        strokeWidth={6}
      />
    )
  }
  return <rect x={x} y={y} width={width} height={height} rx={16} className={fills[node.data.service.state]} />
})
