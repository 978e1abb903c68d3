import { getBezierPath, Position } from '@xyflow/react'
import type { State } from '@/lib/topology/model'
import type { MapLayout, Point } from './layout/model'
import { card } from './layout/sizes'
import { isTroubled, type Observed, readObserved } from './observed'
import type { MapFlowNode, WireFlowEdge } from './to-flow'
import { chooseSides, type Side } from './wire-sides'

/** All cards of one state as a single SVG path: a thousand rectangles cost as much as one. */
export function cardPaths(nodes: readonly MapFlowNode[]): ReadonlyMap<State, string> {
  const paths = new Map<State, string>()
  for (const node of nodes) {
    if (node.type !== 'service') continue
    const { state } = node.data.service
    const { x, y } = node.position
    paths.set(state, `${paths.get(state) ?? ''}M${x} ${y}h${card.width}v${card.height}h-${card.width}z`)
  }
  return paths
}

/** All cards that are dimmed, or all that are not. */
export function pickDimmed(nodes: readonly MapFlowNode[], dimmed: boolean): readonly MapFlowNode[] {
  return nodes.filter((node) => node.type === 'service' && node.data.dimmed === dimmed)
}

/** A sign per state in the middle of a card, so that colour is not the only one to tell it from afar either. */
const signs: Record<State, string> = {
  ok: 'm-26 2 18 18 34 -38',
  busy: 'm-24 0a24 24 0 1 0 48 0 24 24 0 1 0 -48 0',
  warn: 'm0 -26 30 52h-60z',
  bad: 'm-24 -24h48v48h-48z',
  off: 'm-26 0h52',
}

/** The signs of all cards, one SVG path per state. */
export function signPaths(nodes: readonly MapFlowNode[]): ReadonlyMap<State, string> {
  const paths = new Map<State, string>()
  for (const node of nodes) {
    if (node.type !== 'service') continue
    const { state } = node.data.service
    const centre = `M${node.position.x + card.width / 2} ${node.position.y + card.height / 2}`
    paths.set(state, `${paths.get(state) ?? ''}${centre}${signs[state]}`)
  }
  return paths
}

/** All frames as a single SVG path. */
export function framePath(layout: MapLayout): string {
  return Object.values(layout.frames)
    .map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h-${width}z`)
    .join('')
}

export type WireTone = 'plain' | 'ok' | 'warn' | 'bad' | 'accent'

/** All lines of one kind as a single SVG path, for the view from afar. Dimmed lines are left out. */
export function wirePaths(edges: readonly WireFlowEdge[], layout: MapLayout): ReadonlyMap<WireTone, string> {
  const paths = new Map<WireTone, string>()
  for (const { source, target, data } of edges) {
    const from = layout.places[source]
    const to = layout.places[target]
    if (!from || !to || !data || data.dimmed) continue
    const tone = data.edge.problem
      ? 'bad'
      : data.selected || data.touched
        ? 'accent'
        : observedTone(readObserved(data.edge))
    paths.set(tone, `${paths.get(tone) ?? ''}${bezier(from, to)}`)
  }
  return paths
}

const observedTone = (seen: Observed | null): WireTone =>
  !seen?.isLive ? 'plain' : isTroubled(seen) ? 'warn' : 'ok'

function bezier(from: Point, to: Point): string {
  const sides = chooseSides(from, to)
  const start = portAt(from, sides.source)
  const end = portAt(to, sides.target)
  const [path] = getBezierPath({
    sourceX: start.x,
    sourceY: start.y,
    sourcePosition: start.position,
    targetX: end.x,
    targetY: end.y,
    targetPosition: end.position,
    curvature: 0.32,
  })
  return path
}

function portAt({ x, y }: Point, side: Side): Point & { readonly position: Position } {
  switch (side) {
    case 'left':
      return { x, y: y + card.height / 2, position: Position.Left }
    case 'right':
      return { x: x + card.width, y: y + card.height / 2, position: Position.Right }
    case 'top':
      return { x: x + card.width / 2, y, position: Position.Top }
    case 'bottom':
      return { x: x + card.width / 2, y: y + card.height, position: Position.Bottom }
  }
}
