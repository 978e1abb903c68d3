import type { Point } from '../layout/model'

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The card that an arrow key should go to: the nearest one in that direction, where being off the straight line
 * costs more than being further along it. Null when nothing lies that way. Without a card to start from: the
 * topmost, then leftmost one.
 */
export function findNeighbour(
  places: Readonly<Record<string, Point>>,
  from: string | null,
  direction: Direction,
): string | null {
  const start = from === null ? undefined : places[from]
  if (!start) return firstCard(places)
  const sideways = direction === 'up' || direction === 'down'
  const sign = direction === 'left' || direction === 'up' ? -1 : 1
  let best: string | null = null
  let bestCost = Number.POSITIVE_INFINITY
  for (const [id, place] of Object.entries(places)) {
    if (id === from) continue
    const along = sign * (sideways ? place.y - start.y : place.x - start.x)
    const across = Math.abs(sideways ? place.x - start.x : place.y - start.y)
    // Half a card tolerance: a card that is level but a little off still counts as beside, not as above.
    if (along <= 0 || across > 3 * along + 240) continue
    const cost = along + 2 * across
    if (cost < bestCost || (cost === bestCost && best !== null && id < best)) {
      best = id
      bestCost = cost
    }
  }
  return best
}

function firstCard(places: Readonly<Record<string, Point>>): string | null {
  const sorted = Object.entries(places).toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x)
  return sorted[0]?.[0] ?? null
}
