'use client'

import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import type { Topology } from '@/lib/topology/model'
import { GroupFrame } from '../../topology/group-frame'
import { buildGroups } from '../../topology/grouping'
import { layOutGroup } from '../../topology/layout/lay-out-group'
import type { MapLayout } from '../../topology/layout/model'
import { packFrames } from '../../topology/layout/pack'
import { buildStructures } from '../../topology/layout/structure'
import { LevelProvider, pickLevel } from '../../topology/level-of-detail'
import { ServiceCard } from '../../topology/service-card'
import { type MapFlowNode, toFlow, type WireFlowEdge } from '../../topology/to-flow'
import { boundsOf } from '../../topology/viewport'
import { Wire, WireMarkers } from '../../topology/wire'
import { aroundGhosts, describeGhosts } from './around-ghosts'
import { GhostCard } from './ghost-card'
import { GhostFrame } from './ghost-frame'

const nodeTypes = { service: ServiceCard, frame: GroupFrame, ghostService: GhostCard, ghostFrame: GhostFrame }
const edgeTypes = { wire: Wire }
const none: ReadonlySet<string> = new Set()

type GhostMapProps = {
  /** The map as it would be. */
  topology: Topology
  /** Ids of what is not there yet. */
  ghosts: ReadonlySet<string>
  /** Ids of what is there and will be different. */
  changed?: ReadonlySet<string>
}

/** The part of the map that a change touches, with what would be new; to look at only. */
export function GhostMap({ topology, ghosts, changed = none }: GhostMapProps) {
  const touched = useMemo(() => new Set([...ghosts, ...changed]), [ghosts, changed])
  const part = useMemo(() => aroundGhosts(topology, touched), [topology, touched])
  const groups = useMemo(() => buildGroups(part, groupingOf(part, ghosts)), [part, ghosts])
  const structures = useMemo(() => buildStructures(groups, part.edges), [groups, part.edges])
  // Few cards, so it is laid out here and at once; afresh each time, as nobody has learnt places in so small a map.
  const layout = useMemo(() => ({ ...packFrames(structures.map(layOutGroup), {}), turn: 0 }), [structures])
  return (
    <figure className="relative h-full min-h-0 bg-surface">
      <figcaption className="sr-only" aria-live="polite">
        {describeGhosts(part, ghosts, changed)}
      </figcaption>
      {/* Nothing in it can be used: it is a picture of what the caption says. */}
      <div inert className="absolute inset-0 [&_[data-service].opacity-25]:opacity-45">
        <ReactFlowProvider>
          <Drawing part={part} ghosts={ghosts} touched={touched} groups={groups} layout={layout} />
        </ReactFlowProvider>
      </div>
    </figure>
  )
}

/** By namespace, unless the only new thing is one that such a map does not show. */
function groupingOf(part: Topology, ghosts: ReadonlySet<string>): 'namespace' | 'cluster' {
  const isShown = [...part.services, ...part.namespaces].some((each) => ghosts.has(each.id))
  return !isShown && part.clusters.some((cluster) => ghosts.has(cluster.id)) ? 'cluster' : 'namespace'
}

type DrawingProps = {
  part: Topology
  ghosts: ReadonlySet<string>
  touched: ReadonlySet<string>
  groups: ReturnType<typeof buildGroups>
  layout: MapLayout
}

function Drawing({ part, ghosts, touched, groups, layout }: DrawingProps) {
  const store = useStoreApi()
  // Sizes and ports are part of every node; see the map's own canvas.
  useState(() => store.setState({ updateNodeInternals: () => {} }))
  const flow = useMemo(() => {
    const shown = toFlow(
      {
        topology: part,
        groups,
        layout,
        selected: null,
        instanceId: null,
        cursor: null,
        matched: touched,
        fresh: none,
        answered: null,
      },
      null,
    )
    return {
      nodes: shown.nodes.map((node) => asGhost(node, ghosts)),
      edges: shown.edges.map((edge) => solid(edge, touched)),
    }
  }, [part, groups, layout, ghosts, touched])
  useFit(layout)
  const level = useStore((state) => pickLevel(state.transform[2]))
  return (
    <LevelProvider value={level}>
      <WireMarkers />
      <ReactFlow<MapFlowNode, WireFlowEdge>
        nodes={flow.nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={0.2}
        maxZoom={1}
        zIndexMode="manual"
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--grid-dot)" />
      </ReactFlow>
    </LevelProvider>
  )
}

/** New things have cards of their own, and what stands there already steps back. */
function asGhost(node: MapFlowNode, ghosts: ReadonlySet<string>): MapFlowNode {
  const isNew = ghosts.has(node.id)
  if (node.type === 'frame') {
    const framed = { ...node, data: { ...node.data, dimmed: false } }
    return isNew ? Object.assign(framed, { type: 'ghostFrame' }) : framed
  }
  return isNew ? Object.assign({ ...node }, { type: 'ghostService' }) : node
}

/** A line is dimmed only when it leads to nothing that the change touches. */
function solid(edge: WireFlowEdge, ghosts: ReadonlySet<string>): WireFlowEdge {
  if (!edge.data) return edge
  const touches = ghosts.has(edge.source) || ghosts.has(edge.target)
  return { ...edge, data: { ...edge.data, dimmed: !touches, touched: touches } }
}

/** Shows all of it, whenever it or the room for it changes. */
function useFit(layout: MapLayout) {
  const { setViewport } = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  useEffect(() => {
    const bounds = boundsOf(layout)
    if (!bounds || width === 0 || height === 0) return
    const air = 18
    const titleRoom = 12
    const zoom = Math.min(1, (width - 2 * air) / bounds.width, (height - 2 * air - titleRoom) / bounds.height)
    void setViewport({
      x: (width - bounds.width * zoom) / 2 - bounds.x * zoom,
      y: titleRoom / 2 + (height - bounds.height * zoom) / 2 - bounds.y * zoom,
      zoom,
    })
  }, [layout, width, height, setViewport])
}
