'use client'

import { createContext, useContext } from 'react'

/** `full`: the card as drawn. `compact`: name and state. `tile`: far out, a coloured tile. */
export type LevelOfDetail = 'full' | 'compact' | 'tile'

export function pickLevel(zoom: number): LevelOfDetail {
  if (zoom >= 0.55) return 'full'
  return zoom >= 0.28 ? 'compact' : 'tile'
}

/**
 * With many cards only those in view are drawn; with all of them in view that costs more than it saves, so far
 * out everything is drawn, as tiles.
 */
export function drawsOnlyVisible(cards: number, level: LevelOfDetail): boolean {
  return cards > 120 && level !== 'tile'
}

const LevelContext = createContext<LevelOfDetail>('full')
export const LevelProvider = LevelContext.Provider

export function useLevel(): LevelOfDetail {
  return useContext(LevelContext)
}
