'use client'

import { createContext, useContext } from 'react'

export type MapActions = {
  /** Opens the inspector on a service, edge, namespace or cluster. */
  readonly select: (id: string) => void
  /** A card got the focus: arrows go on from there. */
  readonly moveCursor: (id: string) => void
}

const nothing: MapActions = { select: () => {}, moveCursor: () => {} }
const MapActionsContext = createContext<MapActions>(nothing)
export const MapActionsProvider = MapActionsContext.Provider

/** What cards, frames and wires can ask of the map; stable, so that memoised cards stay as they are. */
export function useMapActions(): MapActions {
  return useContext(MapActionsContext)
}
