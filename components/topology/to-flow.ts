import { type Edge as FlowEdge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { Edge, ServiceNode, Topology } from '@/lib/topology/model'
import type { Group } from './grouping'
import type { MapLayout } from './layout/model'
import { card } from './layout/sizes'
import { chooseSides, type Side } from './wire-sides'

/** The instance that answered the last call, and when: it carries the accent and flashes once. */
export type Answered = { readonly instanceId: string; readonly atMs: number }

type ServiceData = {
  readonly service: ServiceNode
  readonly selected: boolean
  readonly dimmed: boolean
  /** Came after the first picture: it fades in. */
  readonly fresh: boolean
  /** The one card that Tab reaches; arrows go on from there. */
  readonly tabbable: boolean
  readonly instanceId: string | null
  readonly answered: Answered | null
}
type FrameData = { readonly group: Group; readonly selected: boolean; readonly dimmed: boolean }
export type WireData = {
  readonly edge: Edge
  readonly names: readonly [string, string]
  readonly selected: boolean
  /** One of its ends is selected. */
  readonly touched: boolean
  readonly dimmed: boolean
}

export type ServiceFlowNode = Node<ServiceData, 'service'>
export type FrameFlowNode = Node<FrameData, 'frame'>
export type MapFlowNode = ServiceFlowNode | FrameFlowNode
export type WireFlowEdge = FlowEdge<WireData, 'wire'>
/** Arrays are React Flow's own and never changed here. */
export type Flow = { readonly nodes: MapFlowNode[]; readonly edges: WireFlowEdge[] }

export type FlowInput = {
  readonly topology: Topology
  readonly groups: readonly Group[]
  readonly layout: MapLayout
  readonly selected: string | null
  readonly instanceId: string | null
  readonly cursor: string | null
  /** Ids that match the filter; null when there is no filter. */
  readonly matched: ReadonlySet<string> | null
  readonly fresh: ReadonlySet<string>
  readonly answered: Answered | null
}

/**
 * Topology and places to React Flow's shapes. Sizes and ports are given up front, so nothing is measured, and
 * whatever looks the same as before keeps its object, so that only changed cards draw again.
 */
export function toFlow(input: FlowInput, before: Flow | null): Flow {
  const oldNodes = new Map(before?.nodes.map((node) => [node.id, node]))
  const oldEdges = new Map(before?.edges.map((edge) => [edge.id, edge]))
  const nodes: MapFlowNode[] = []
  for (const group of input.groups) {
    const node = toFrame(group, input)
    if (node) nodes.push(keep(oldNodes.get(node.id), node))
  }
  for (const service of input.topology.services) {
    const node = toCard(service, input)
    if (node) nodes.push(keep(oldNodes.get(node.id), node))
  }
  const byId = new Map(input.topology.services.map((service) => [service.id, service]))
  const edges = input.topology.edges.flatMap((edge) => {
    const wire = toWire(edge, input, byId)
    return wire ? [keep(oldEdges.get(wire.id), wire)] : []
  })
  return {
    nodes: before && sameItems(before.nodes, nodes) ? before.nodes : nodes,
    edges: before && sameItems(before.edges, edges) ? before.edges : edges,
  }
}

function toFrame(group: Group, input: FlowInput): FrameFlowNode | null {
  const frame = input.layout.frames[group.id]
  if (!frame || group.kind === 'flat') return null
  const { matched } = input
  return {
    id: group.id,
    type: 'frame',
    position: { x: frame.x, y: frame.y },
    width: frame.width,
    height: frame.height,
    measured: { width: frame.width, height: frame.height },
    handles: [],
    zIndex: -1,
    data: {
      group,
      selected: input.selected === group.id,
      dimmed: matched !== null && !group.serviceIds.some((id) => matched.has(id)),
    },
  }
}

function toCard(service: ServiceNode, input: FlowInput): ServiceFlowNode | null {
  const place = input.layout.places[service.id]
  if (!place) return null
  const selected = input.selected === service.id
  const { answered } = input
  return {
    id: service.id,
    type: 'service',
    position: { x: place.x, y: place.y },
    width: card.width,
    height: card.height,
    measured: cardSize,
    handles: cardHandles,
    zIndex: 1,
    data: {
      service,
      selected,
      dimmed: input.matched !== null && !input.matched.has(service.id),
      fresh: input.fresh.has(service.id),
      tabbable: input.cursor === service.id,
      instanceId: selected ? input.instanceId : null,
      answered:
        answered && service.instances.some((each) => each.id === answered.instanceId) ? answered : null,
    },
  }
}

function toWire(
  edge: Edge,
  input: FlowInput,
  services: ReadonlyMap<string, ServiceNode>,
): WireFlowEdge | null {
  const source = input.layout.places[edge.source]
  const target = input.layout.places[edge.target]
  if (!source || !target) return null
  const sides = chooseSides(source, target)
  const { matched, selected } = input
  return {
    id: edge.id,
    type: 'wire',
    // The line's label is a button: the line around it must not be an image, which would hide it.
    ariaRole: 'group',
    // A line past other cards runs below the labels of those between neighbours.
    zIndex: Math.abs(target.x - source.x) > card.width * 2 ? 0 : 1,
    source: edge.source,
    target: edge.target,
    sourceHandle: `out-${sides.source}`,
    targetHandle: `in-${sides.target}`,
    data: {
      edge,
      names: [services.get(edge.source)?.name ?? edge.source, services.get(edge.target)?.name ?? edge.target],
      selected: selected === edge.id,
      touched: selected === edge.source || selected === edge.target,
      dimmed: matched !== null && !(matched.has(edge.source) && matched.has(edge.target)),
    },
  }
}

const cardSize = { ...card }

const sidePositions: Record<Side, Position> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
}

const sidePoints: Record<Side, { x: number; y: number }> = {
  left: { x: 0, y: card.height / 2 },
  right: { x: card.width, y: card.height / 2 },
  top: { x: card.width / 2, y: 0 },
  bottom: { x: card.width / 2, y: card.height },
}

const cardHandles: NodeHandle[] = (['left', 'right', 'top', 'bottom'] as const).flatMap((side) => [
  {
    id: `out-${side}`,
    type: 'source' as const,
    position: sidePositions[side],
    ...sidePoints[side],
    width: 0,
    height: 0,
  },
  {
    id: `in-${side}`,
    type: 'target' as const,
    position: sidePositions[side],
    ...sidePoints[side],
    width: 0,
    height: 0,
  },
])

type Kept = { readonly id: string; readonly data?: object; readonly position?: { x: number; y: number } }

/** The old object when nothing that is drawn differs. */
function keep<T extends Kept, Old extends Kept>(old: Old | undefined, next: T): T | Old {
  if (!old) return next
  const flat = (item: Kept): Record<string, unknown> => ({
    ...item,
    ...item.position,
    ...item.data,
    data: null,
    position: null,
    handles: null,
    measured: null,
  })
  return sameFields(flat(old), flat(next)) ? old : next
}

function sameFields(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.is(a[key], b[key]) || sameList(a[key], b[key]))
  )
}

function sameList(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) && sameItems(a, b)
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]))
}
