'use client'

import { useReactFlow, useStore } from '@xyflow/react'
import { memo, type PointerEvent, useMemo, useRef } from 'react'
import type { State } from '@/lib/topology/model'
import type { MapLayout, Rect } from './layout/model'
import { cardPaths, framePath } from './overview-paths'
import type { MapFlowNode } from './to-flow'
import { boundsOf } from './viewport'

const size = { width: 168, height: 108 } as const
const air = 80

const fills: Record<State, string> = {
  ok: 'fill-ok',
  busy: 'fill-busy',
  warn: 'fill-warn',
  bad: 'fill-bad',
  off: 'fill-off',
}

/** All of the map in small, with the part that is in view; press or drag to go there. */
export function MiniMap({ nodes, layout }: { nodes: MapFlowNode[]; layout: MapLayout }) {
  const bounds = boundsOf(layout)
  if (!bounds) return null
  const view = {
    x: bounds.x - air,
    y: bounds.y - air,
    width: bounds.width + 2 * air,
    height: bounds.height + 2 * air,
  }
  return <Drawing nodes={nodes} layout={layout} view={view} />
}

function Drawing({ nodes, layout, view }: { nodes: MapFlowNode[]; layout: MapLayout; view: Rect }) {
  const { setCenter, getZoom } = useReactFlow()
  const svg = useRef<SVGSVGElement>(null)
  const go = (event: PointerEvent) => {
    const matrix = svg.current?.getScreenCTM()
    if (!matrix || event.buttons !== 1) return
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    setCenter(point.x, point.y, { zoom: getZoom() })
  }
  return (
    <svg
      ref={svg}
      role="img"
      aria-label="Overview of the map"
      width={size.width}
      height={size.height}
      viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={go}
      className="pointer-events-auto absolute right-3 bottom-3 z-10 touch-none rounded-card border border-line bg-raised max-md:hidden"
    >
      <Shapes nodes={nodes} layout={layout} />
      <InView view={view} />
    </svg>
  )
}

const Shapes = memo(function Shapes({ nodes, layout }: { nodes: MapFlowNode[]; layout: MapLayout }) {
  const frames = useMemo(() => framePath(layout), [layout])
  const cards = useMemo(() => cardPaths(nodes), [nodes])
  return (
    <>
      <path d={frames} className="fill-sunk stroke-line-strong [vector-effect:non-scaling-stroke]" />
      {[...cards].map(([state, path]) => (
        <path key={state} d={path} className={fills[state]} />
      ))}
    </>
  )
})

/** Only this follows every pan: a veil with a hole. */
function InView({ view }: { view: Rect }) {
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const hole = `M${-x / zoom} ${-y / zoom}h${width / zoom}v${height / zoom}h${-width / zoom}z`
  const all = `M${view.x} ${view.y}h${view.width}v${view.height}h${-view.width}z`
  return (
    <>
      <path d={all + hole} fillRule="evenodd" className="fill-minimap-mask" />
      <path
        d={hole}
        className="fill-none stroke-accent [vector-effect:non-scaling-stroke]"
        strokeWidth={1.25}
      />
    </>
  )
}
