import type { Point } from './layout/model'
import { card } from './layout/sizes'

export type Side = 'left' | 'right' | 'top' | 'bottom'

/**
 * The sides of two cards that a line between them should use. Calls go from left to right; one that goes back
 * leaves and enters at top and bottom, so that it does not mix with those that go forth.
 */
export function chooseSides(source: Point, target: Point): { readonly source: Side; readonly target: Side } {
  const dx = target.x - source.x
  const dy = target.y - source.y
  if (dx >= card.width) return { source: 'right', target: 'left' }
  if (dx <= -card.width && Math.abs(dy) < card.height) return { source: 'left', target: 'right' }
  return dy >= 0 ? { source: 'bottom', target: 'top' } : { source: 'top', target: 'bottom' }
}
