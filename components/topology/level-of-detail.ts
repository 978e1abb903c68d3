'use client'

import { createContext, useContext } from 'react'

/**
 * `full`: the card as drawn. `compact`: name and state. `tile`: a coloured tile with its name. `speck`: so far out
 * that no name can be read; all cards together are a handful of paths.
 */
export type LevelOfDetail = 'full' | 'compact' | 'tile' | 'speck'

export function pickLevel(zoom: number): LevelOfDetail {
  if (zoom >= 0.55) return 'full'
  if (zoom >= 0.28) return 'compact'
  return zoom >= 0.15 ? 'tile' : 'speck'
}

/**
 * With many cards only those in view are drawn; with all of them in view that costs more than it saves, so far
 * out everything is drawn, as tiles.
 */
export function drawsOnlyVisible(cards: number, level: LevelOfDetail): boolean {
  return cards > 120 && (level === 'full' || level === 'compact')
}

const LevelContext = createContext<LevelOfDetail>('full')
export const LevelProvider = LevelContext.Provider

export function useLevel(): LevelOfDetail {
  return useContext(LevelContext)
}
