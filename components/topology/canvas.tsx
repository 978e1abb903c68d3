'use client'

import '@xyflow/react/dist/base.css'
import { Background, BackgroundVariant, ReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useRef, useState } from 'react'
import { cn } from '../ui/class-names'
import { FarCards } from './far-cards'
import { FarWires } from './far-wires'
import { GroupFrame } from './group-frame'
import { useCommandHandler } from './keys/command-bus'
import type { Focus } from './keys/use-map-commands'
import type { MapLayout } from './layout/model'
import { Legend } from './legend'
import { drawsOnlyVisible, LevelProvider, pickLevel } from './level-of-detail'
import { MapControls } from './map-controls'
import { MiniMap } from './mini-map'
import { ServiceCard } from './service-card'
import type { Flow, MapFlowNode, WireFlowEdge } from './to-flow'
import { useMapView } from './use-map-view'
import { zooms } from './viewport'
import { Wire, WireMarkers } from './wire'

const nodeTypes = { service: ServiceCard, frame: GroupFrame }
const edgeTypes = { wire: Wire }
const miniMapFrom = 24
const noEdges: WireFlowEdge[] = []

type CanvasProps = {
  flow: Flow
  layout: MapLayout
  /** The card to bring into view. */
  focus: Focus | null
  /** Too old to be shown as if it were live: dimmed. */
  isOld: boolean
  coveredRight: number
  tidy: () => void
  onClear: () => void
}

/** The drawing itself; must stand inside a ReactFlowProvider. */
export function Canvas({ flow, layout, focus, isOld, coveredRight, tidy, onClear }: CanvasProps) {
  const wrapper = useRef<HTMLDivElement>(null)
  useKnownSizes()
  const level = useStore((state) => pickLevel(state.transform[2]))
  const { onUserMove } = useMapView({ layout, focus, coveredRight, wrapper })
  const cards = flow.nodes.length
  const isFar = level === 'tile' || level === 'speck'

  useCommandHandler((command) => {
    if (command.kind !== 'tidy') return false
    tidy()
    return true
  })

  return (
    <LevelProvider value={level}>
      <div ref={wrapper} className="absolute inset-0">
        <WireMarkers />
        <ReactFlow<MapFlowNode, WireFlowEdge>
          nodes={flow.nodes}
          edges={isFar ? noEdges : flow.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          minZoom={zooms.least}
          maxZoom={zooms.most}
          onlyRenderVisibleElements={drawsOnlyVisible(cards, level)}
          zIndexMode="manual"
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          zoomActivationKeyCode={null}
          panActivationKeyCode={null}
          zoomOnDoubleClick={false}
          onPaneClick={onClear}
          onMoveStart={(event) => {
            // Null when the page itself moves the view.
            if (event) onUserMove()
          }}
          className={cn('transition-opacity duration-250', isOld && 'opacity-50')}
          proOptions={{ hideAttribution: true }}
          aria-label="Map of services"
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--grid-dot)" />
          {isFar && <FarWires edges={flow.edges} layout={layout} />}
          {level === 'speck' && <FarCards nodes={flow.nodes} />}
        </ReactFlow>
        {cards > 0 && (
          <div
            style={{ right: coveredRight }}
            className="pointer-events-none absolute inset-y-0 left-0 @container"
          >
            <MapControls />
            <Legend hasMiniMap={cards > miniMapFrom} />
            {cards > miniMapFrom && <MiniMap nodes={flow.nodes} layout={layout} />}
          </div>
        )}
      </div>
    </LevelProvider>
  )
}

/**
 * Sizes and ports are part of every node, so nothing needs to be measured. React Flow measures all the same and
 * looks for port elements, which our cards do not have; without this the lines vanish after the first frame.
 */
function useKnownSizes() {
  const store = useStoreApi()
  useState(() => store.setState({ updateNodeInternals: () => {} }))
}
