import type { Point } from './model'

type Size = { readonly width: number; readonly height: number }

/**
 * Packs boxes in their given order on shelves, left to right, top to bottom, no wider than `maxWidth` unless
 * one box alone is. Returns one place per box and the size of the whole.
 */
export function packShelves(
  boxes: readonly Size[],
  maxWidth: number,
  gap: number,
): { readonly places: readonly Point[]; readonly width: number; readonly height: number } {
  const places: Point[] = []
  let x = 0
  let y = 0
  let shelf = 0
  let width = 0
  for (const box of boxes) {
    if (x > 0 && x + box.width > maxWidth) {
      x = 0
      y += shelf + gap
      shelf = 0
    }
    places.push({ x, y })
    width = Math.max(width, x + box.width)
    shelf = Math.max(shelf, box.height)
    x += box.width + gap
  }
  return { places, width, height: y + shelf }
}

const tries = 48

/**
 * Packs on shelves of the width that shows the whole largest in a window `ratio` times as wide as high. The same
 * boxes always give the same places.
 */
export function packBest(boxes: readonly Size[], gap: number, ratio: number): ReturnType<typeof packShelves> {
  const widest = boxes.reduce((most, box) => Math.max(most, box.width), 0)
  const all = boxes.reduce((sum, box) => sum + box.width + gap, 0)
  let best = packShelves(boxes, widest, gap)
  let bestCost = Math.max(best.width / ratio, best.height)
  for (let i = 1; i <= tries; i++) {
    const packed = packShelves(boxes, widest + ((all - widest) * i) / tries, gap)
    const cost = Math.max(packed.width / ratio, packed.height)
    if (cost < bestCost - 0.5) {
      best = packed
      bestCost = cost
    }
  }
  return best
}
