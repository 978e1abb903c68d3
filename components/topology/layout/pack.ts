import type { GroupLayout, MapLayout, Point, Rect } from './model'

import { packBest } from './shelf'
import { gap } from './sizes'

type Frames = MapLayout['frames']

/** Of the map's window on a common screen. */
const windowRatio = 1.6

/**
 * Puts the frames on the map. A frame that did not change stays exactly where it was; one that changed stays
 * too if it still fits; only a new one, or one that outgrew its place, looks for a free one. Without a map
 * before, frames are packed on shelves in their given order.
 */
export function packFrames(
  groups: readonly GroupLayout[],
  before: Frames,
): Pick<MapLayout, 'frames' | 'places'> {
  const known = groups.filter((group) => before[group.id])
  const frames = known.length === 0 ? packAfresh(groups) : packAround(groups, before)
  return { frames, places: absolutePlaces(groups, frames) }
}

/** The large ones first: they are what one came for, and small ones fill the shelves beside them. */
function packAfresh(groups: readonly GroupLayout[]): Record<string, Rect> {
  const ordered = groups.toSorted((a, b) => b.height - a.height)
  const packed = packBest(ordered, gap.frame, windowRatio)
  return Object.fromEntries(
    ordered.map((group, i) => [group.id, rectAt(packed.places[i] ?? { x: 0, y: 0 }, group)]),
  )
}

function packAround(groups: readonly GroupLayout[], before: Frames): Record<string, Rect> {
  const frames: Record<string, Rect> = {}
  const taken: Rect[] = []
  const put = (group: GroupLayout, at: Point) => {
    const rect = rectAt(at, group)
    frames[group.id] = rect
    taken.push(rect)
  }
  const isSame = (group: GroupLayout, old: Rect | undefined) =>
    old !== undefined && old.width === group.width && old.height === group.height

  const changed = groups.filter((group) => !isSame(group, before[group.id]))
  for (const group of groups) {
    const old = before[group.id]
    if (old && isSame(group, old)) put(group, old)
  }
  for (const group of changed) {
    const old = before[group.id]
    const fits = old && !taken.some((rect) => overlaps(rectAt(old, group), rect))
    put(group, fits ? old : freeSpot(group, taken))
  }
  return frames
}

/** The topmost, then leftmost free spot beside or below what stands, no wider than the map is already. */
function freeSpot(group: GroupLayout, taken: readonly Rect[]): Point {
  const right = Math.max(...taken.map((rect) => rect.x + rect.width), group.width)
  const bottom = Math.max(...taken.map((rect) => rect.y + rect.height), 0)
  const xs = [0, ...taken.map((rect) => rect.x + rect.width + gap.frame)]
  const ys = [0, ...taken.map((rect) => rect.y + rect.height + gap.frame)]
  for (const y of ys.toSorted((a, b) => a - b)) {
    for (const x of xs.toSorted((a, b) => a - b)) {
      if (x + group.width > right) continue
      if (!taken.some((rect) => overlaps(rectAt({ x, y }, group), rect))) return { x, y }
    }
  }
  return { x: 0, y: taken.length === 0 ? 0 : bottom + gap.frame }
}

function overlaps(a: Rect, b: Rect): boolean {
  return (
    a.x < b.x + b.width + gap.frame &&
    b.x < a.x + a.width + gap.frame &&
    a.y < b.y + b.height + gap.frame &&
    b.y < a.y + a.height + gap.frame
  )
}

function rectAt(at: Point, size: { readonly width: number; readonly height: number }): Rect {
  return { x: at.x, y: at.y, width: size.width, height: size.height }
}

function absolutePlaces(groups: readonly GroupLayout[], frames: Readonly<Record<string, Rect>>) {
  const places: Record<string, Point> = {}
  for (const group of groups) {
    const frame = frames[group.id]
    if (!frame) continue
    for (const [id, place] of Object.entries(group.places)) {
      places[id] = { x: frame.x + place.x, y: frame.y + place.y }
    }
  }
  return places
}
