'use client'

import { ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import type { MapLayout } from './layout/model'
import { type WireTone, wirePaths } from './overview-paths'
import type { WireFlowEdge } from './to-flow'

const strokes: Record<WireTone, string> = {
  plain: 'stroke-line-strong',
  ok: 'stroke-ok',
  warn: 'stroke-warn',
  bad: 'stroke-bad',
  accent: 'stroke-accent',
}

/** The lines from afar: five paths instead of an element each, without labels and without a click. */
export const FarWires = memo(function FarWires({
  edges,
  layout,
}: {
  edges: WireFlowEdge[]
  layout: MapLayout
}) {
  const paths = useMemo(() => wirePaths(edges, layout), [edges, layout])
  return (
    <ViewportPortal>
      <svg
        aria-hidden
        className="pointer-events-none absolute top-0 left-0 z-0 size-px overflow-visible fill-none"
      >
        {[...paths].map(([tone, path]) => (
          <path key={tone} d={path} className={strokes[tone]} strokeWidth={4} />
        ))}
      </svg>
    </ViewportPortal>
  )
})
