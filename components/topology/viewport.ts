import type { MapLayout, Point, Rect } from './layout/model'
import { card } from './layout/sizes'

export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number }
export type Window = {
  readonly width: number
  readonly height: number
  /** What covers the canvas at its right and top: the overlaid inspector, the toolbar. */
  readonly coveredRight: number
  readonly coveredTop: number
}

export const zooms = { least: 0.05, most: 1.6, fitMost: 1 } as const

const margin = 24
/** The legend stands over the lower edge. */
const marginBottom = 52

/** The smallest pan that brings a card fully into view, or null when it is in view already. */
export function panToCard(place: Point, view: Viewport, window: Window): Viewport | null {
  const left = place.x * view.zoom + view.x
  const top = place.y * view.zoom + view.y
  const dx = shift(left, left + card.width * view.zoom, margin, window.width - window.coveredRight - margin)
  const dy = shift(
    top,
    top + card.height * view.zoom,
    window.coveredTop + margin,
    window.height - marginBottom,
  )
  return dx === 0 && dy === 0 ? null : { x: view.x + dx, y: view.y + dy, zoom: view.zoom }
}

/**
 * The pan that keeps a card in view when the window became smaller; null when it is still in view, or was not before: then somebody had
 * looked away from it.
 */
export function panToKeep(place: Point, view: Viewport, before: Window, after: Window): Viewport | null {
  return panToCard(place, view, before) === null ? panToCard(place, view, after) : null
}

/** The pan that keeps a card in view which was put elsewhere; null when it is in view there, or was out of it before. */
export function panToFollow(from: Point, to: Point, view: Viewport, window: Window): Viewport | null {
  return panToCard(from, view, window) === null ? panToCard(to, view, window) : null
}

/** How far a span must move to lie within bounds; when it is longer than they are, its start wins. */
function shift(from: number, to: number, least: number, most: number): number {
  if (from < least) return least - from
  if (to > most) return Math.max(most - to, least - from)
  return 0
}

/** What must stay free around the map when all of it is shown: toolbar, buttons, legend and some air. */
const air = { top: 24, right: 28, bottom: 64, left: 56 } as const

/** The view that shows all of the map, in the middle, never enlarged. */
export function fitMap(bounds: Rect, window: Window): Viewport {
  const width = Math.max(1, window.width - window.coveredRight - air.left - air.right)
  const height = Math.max(1, window.height - window.coveredTop - air.top - air.bottom)
  const zoom = Math.max(zooms.least, Math.min(zooms.fitMost, width / bounds.width, height / bounds.height))
  return {
    x: air.left + (width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: window.coveredTop + air.top + (height - bounds.height * zoom) / 2 - bounds.y * zoom,
    zoom,
  }
}

/** Whether all of it is in sight, give or take the margin. */
export function fitsWindow(bounds: Rect, view: Viewport, window: Window): boolean {
  const left = bounds.x * view.zoom + view.x
  const top = bounds.y * view.zoom + view.y
  return (
    left >= 0 &&
    top >= window.coveredTop - margin &&
    left + bounds.width * view.zoom <= window.width - window.coveredRight &&
    top + bounds.height * view.zoom <= window.height
  )
}

/** The rectangle around all frames and cards; null for an empty map. */
export function boundsOf(layout: MapLayout): Rect | null {
  const rects: Rect[] = [
    ...Object.values(layout.frames),
    ...Object.values(layout.places).map((place) => ({ ...place, ...card })),
  ]
  const [first] = rects
  if (!first) return null
  let { x, y } = first
  let right = x
  let bottom = y
  for (const rect of rects) {
    x = Math.min(x, rect.x)
    y = Math.min(y, rect.y)
    right = Math.max(right, rect.x + rect.width)
    bottom = Math.max(bottom, rect.y + rect.height)
  }
  return { x, y, width: right - x, height: bottom - y }
}
