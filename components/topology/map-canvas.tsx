'use client'

import { ReactFlowProvider } from '@xyflow/react'
import { Canvas } from './canvas'
import type { Focus } from './keys/use-map-commands'
import { type MapActions, MapActionsProvider } from './map-actions'
import { MapSkeleton } from './map-skeleton'
import { type FlowQuestion, useFlow } from './use-flow'

type MapCanvasProps = {
  /** What to draw; null until the first layout is there. */
  question: FlowQuestion | null
  actions: MapActions
  focus: Focus | null
  isOld: boolean
  coveredRight: number
  tidy: () => void
  onClear: () => void
}

/** Everything that needs React Flow: loaded beside the first reading, not before it. */
export function MapCanvas({ question, actions, ...rest }: MapCanvasProps) {
  const flow = useFlow(question)
  if (!flow || !question) return <MapSkeleton />
  return (
    <MapActionsProvider value={actions}>
      <ReactFlowProvider>
        <Canvas flow={flow} layout={question.layout} {...rest} />
      </ReactFlowProvider>
    </MapActionsProvider>
  )
}
