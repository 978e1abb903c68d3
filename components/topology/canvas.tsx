'use client'

import '@xyflow/react/dist/base.css'
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import { useMedia } from '../ui/use-media'
import { GroupFrame } from './group-frame'
import { useCommandHandler } from './keys/command-bus'
import type { Point } from './layout/model'
import { Legend } from './legend'
import { drawsOnlyVisible, LevelProvider, pickLevel } from './level-of-detail'
import { MapControls } from './map-controls'
import { MiniMapNode } from './mini-map-node'
import { ServiceCard } from './service-card'
import type { Flow, MapFlowNode, WireFlowEdge } from './to-flow'
import { panToCard } from './viewport'
import { Wire, WireMarkers } from './wire'

const nodeTypes = { service: ServiceCard, frame: GroupFrame }
const edgeTypes = { wire: Wire }
const toolbarHeight = 48
const fitPadding = { top: '72px', right: '28px', bottom: '64px', left: '28px' } as const
const zooms = { least: 0.05, most: 1.6, fitMost: 1 } as const

type CanvasProps = {
  flow: Flow
  places: Readonly<Record<string, Point>>
  /** The card to keep in view, and a number that moves when it should be looked for. */
  focus: { id: string; turn: number; withKeyboard: boolean } | null
  /** Changes when everything has another place: fit again. */
  fitKey: string
  coveredRight: number
  tidy: () => void
  onClear: () => void
}

/** The drawing itself; must stand inside a ReactFlowProvider. */
export function Canvas({ flow, places, focus, fitKey, coveredRight, tidy, onClear }: CanvasProps) {
  const wrapper = useRef<HTMLDivElement>(null)
  const level = useStore((state) => pickLevel(state.transform[2]))
  const { fitView, zoomIn, zoomOut, setViewport, getViewport } = useReactFlow<MapFlowNode, WireFlowEdge>()
  const store = useStoreApi()
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const durationMs = still ? 0 : 220
  const cards = flow.nodes.length

  const showAll = useCallback(
    (duration: number) => fitView({ padding: fitPadding, maxZoom: zooms.fitMost, duration }),
    [fitView],
  )

  useCommandHandler((command) => {
    if (command.kind === 'fit') showAll(durationMs)
    else if (command.kind === 'zoom-in') zoomIn({ duration: durationMs })
    else if (command.kind === 'zoom-out') zoomOut({ duration: durationMs })
    else if (command.kind === 'tidy') tidy()
    else return false
    return true
  })

  const fitted = useRef(fitKey)
  useEffect(() => {
    if (fitted.current === fitKey) return
    fitted.current = fitKey
    showAll(durationMs)
  }, [fitKey, showAll, durationMs])

  const lastTurn = useRef(focus?.turn)
  useEffect(() => {
    if (!focus || lastTurn.current === focus.turn) return
    lastTurn.current = focus.turn
    const place = places[focus.id]
    if (!place) return
    const { width, height } = store.getState()
    const pan = panToCard(place, getViewport(), { width, height, coveredRight, coveredTop: toolbarHeight })
    if (pan) setViewport(pan, { duration: durationMs })
    if (!focus.withKeyboard) return
    // The card may only be drawn once it is in view.
    const timer = setTimeout(
      () => {
        const card = wrapper.current?.querySelector<HTMLElement>(`[data-service="${CSS.escape(focus.id)}"]`)
        card?.focus({ preventScroll: true })
      },
      pan ? durationMs + 20 : 0,
    )
    return () => clearTimeout(timer)
  }, [focus, places, store, getViewport, setViewport, durationMs, coveredRight])

  return (
    <LevelProvider value={level}>
      <div ref={wrapper} className="absolute inset-0">
        <WireMarkers />
        <ReactFlow<MapFlowNode, WireFlowEdge>
          nodes={flow.nodes}
          edges={flow.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          minZoom={zooms.least}
          maxZoom={zooms.most}
          fitView
          fitViewOptions={{ padding: fitPadding, maxZoom: zooms.fitMost }}
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
          proOptions={{ hideAttribution: true }}
          aria-label="Map of services"
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--grid-dot)" />
          {cards > 24 && (
            <MiniMap<MapFlowNode>
              pannable
              zoomable
              ariaLabel="Overview of the map"
              position="bottom-right"
              nodeComponent={MiniMapNode}
              maskColor="var(--minimap-mask)"
              bgColor="var(--raised)"
              className="!m-3 overflow-hidden rounded-card border border-line max-md:hidden"
              style={{ width: 168, height: 112 }}
            />
          )}
        </ReactFlow>
        <MapControls />
        <Legend />
      </div>
    </LevelProvider>
  )
}
