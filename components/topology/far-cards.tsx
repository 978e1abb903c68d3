'use client'

import { ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import type { State } from '@/lib/topology/model'
import { cardPaths, pickDimmed, signPaths } from './overview-paths'
import type { MapFlowNode } from './to-flow'

const fills: Record<State, string> = {
  ok: 'fill-ok-soft',
  busy: 'fill-busy-soft',
  warn: 'fill-warn-soft',
  bad: 'fill-bad-soft',
  off: 'fill-off-soft',
}

const strokes: Record<State, string> = {
  ok: 'stroke-ok',
  busy: 'stroke-busy',
  warn: 'stroke-warn',
  bad: 'stroke-bad',
  off: 'stroke-off',
}

/** All cards from far out, as two paths per state. The cards themselves stay where they are, empty, for click and focus. */
export const FarCards = memo(function FarCards({ nodes }: { nodes: MapFlowNode[] }) {
  return (
    <ViewportPortal>
      <svg aria-hidden className="pointer-events-none absolute top-0 left-0 z-0 size-px overflow-visible">
        <Half nodes={nodes} dimmed={false} />
        <g className="opacity-25">
          <Half nodes={nodes} dimmed />
        </g>
      </svg>
    </ViewportPortal>
  )
})

function Half({ nodes, dimmed }: { nodes: MapFlowNode[]; dimmed: boolean }) {
  const own = useMemo(() => pickDimmed(nodes, dimmed), [nodes, dimmed])
  const cards = useMemo(() => cardPaths(own), [own])
  const signs = useMemo(() => signPaths(own), [own])
  return (
    <>
      {[...cards].map(([state, path]) => (
        <path key={state} d={path} className={fills[state]} />
      ))}
      {[...signs].map(([state, path]) => (
        <path key={state} d={path} className={`fill-none ${strokes[state]}`} strokeWidth={9} />
      ))}
    </>
  )
}
