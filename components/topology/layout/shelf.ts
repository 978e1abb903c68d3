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

/** A shelf width that makes the whole about `ratio` times as wide as high, and holds the widest box. */
export function shelfWidth(boxes: readonly Size[], gap: number, ratio: number): number {
  const area = boxes.reduce((sum, box) => sum + (box.width + gap) * (box.height + gap), 0)
  const widest = boxes.reduce((most, box) => Math.max(most, box.width), 0)
  return Math.max(widest, Math.sqrt(area * ratio))
}
