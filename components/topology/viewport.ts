import type { Point } from './layout/model'
import { card } from './layout/sizes'

export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number }
export type Window = {
  readonly width: number
  readonly height: number
  /** What covers the canvas at its right and top: the overlaid inspector, the toolbar. */
  readonly coveredRight: number
  readonly coveredTop: number
}

const margin = 24

/** The smallest pan that brings a card fully into view, or null when it is in view already. */
export function panToCard(place: Point, view: Viewport, window: Window): Viewport | null {
  const left = place.x * view.zoom + view.x
  const top = place.y * view.zoom + view.y
  const dx = shift(left, left + card.width * view.zoom, margin, window.width - window.coveredRight - margin)
  const dy = shift(top, top + card.height * view.zoom, window.coveredTop + margin, window.height - margin)
  return dx === 0 && dy === 0 ? null : { x: view.x + dx, y: view.y + dy, zoom: view.zoom }
}

/** How far a span must move to lie within bounds; when it is longer than they are, its start wins. */
function shift(from: number, to: number, least: number, most: number): number {
  if (from < least) return least - from
  if (to > most) return Math.max(most - to, least - from)
  return 0
}
