import type { Point } from './layout/model'
import { card } from './layout/sizes'

export type Side = 'left' | 'right' | 'top' | 'bottom'

/** The sides of two cards that a line between them should use: the shortest way that does not cross either card. */
export function chooseSides(source: Point, target: Point): { readonly source: Side; readonly target: Side } {
  const dx = target.x - source.x
  const dy = target.y - source.y
  if (dx >= card.width) return { source: 'right', target: 'left' }
  if (dx <= -card.width) return { source: 'left', target: 'right' }
  return dy >= 0 ? { source: 'bottom', target: 'top' } : { source: 'top', target: 'bottom' }
}
