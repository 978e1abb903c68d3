import type { GroupLayout, MapLayout, Point, Rect } from './model'

import { packBest } from './shelf'
import { gap } from './sizes'

type Frames = MapLayout['frames']

/** Of the map's window on a common screen. */
const windowRatio = 1.6
const mostByHand = 12
const widthTries = 24

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

/** The large ones first: they are what one came for, and small ones fill the gaps beside them. */
function packAfresh(groups: readonly GroupLayout[]): Record<string, Rect> {
  const ordered = groups.toSorted((a, b) => b.height - a.height)
  const places =
    ordered.length <= mostByHand ? packIntoGaps(ordered) : packBest(ordered, gap.frame, windowRatio).places
  return Object.fromEntries(ordered.map((group, i) => [group.id, rectAt(places[i] ?? { x: 0, y: 0 }, group)]))
}

/** Tries several widths and keeps the one that shows the whole largest. Its cost grows fast with the number of frames. */
function packIntoGaps(groups: readonly GroupLayout[]): readonly Point[] {
  const widest = groups.reduce((most, group) => Math.max(most, group.width), 0)
  const all = groups.reduce((sum, group) => sum + group.width + gap.frame, 0)
  let best: readonly Rect[] = []
  let bestCost = Number.POSITIVE_INFINITY
  for (let i = 0; i <= widthTries; i++) {
    const width = widest + ((all - widest) * i) / widthTries
    const taken: Rect[] = []
    for (const group of groups) taken.push(rectAt(freeSpot(group, taken, width), group))
    const right = taken.reduce((most, rect) => Math.max(most, rect.x + rect.width), 0)
    const bottom = taken.reduce((most, rect) => Math.max(most, rect.y + rect.height), 0)
    const cost = Math.max(right / windowRatio, bottom)
    if (cost < bestCost - 0.5) {
      best = taken
      bestCost = cost
    }
  }
  return best
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

  const standing = groups.flatMap((group) => before[group.id] ?? [])
  const rightEdge = standing.reduce((most, rect) => Math.max(most, rect.x + rect.width), 0)
  const changed = groups.filter((group) => !isSame(group, before[group.id]))
  for (const group of groups) {
    const old = before[group.id]
    if (old && isSame(group, old)) put(group, old)
  }
  for (const group of changed) {
    const old = before[group.id]
    const fits = old && !taken.some((rect) => overlaps(rectAt(old, group), rect))
    put(group, fits ? old : freeSpot(group, taken, rightEdge))
  }
  return frames
}

/** The topmost, then leftmost free spot beside or below what stands, not beyond `maxWidth` unless it is wider itself. */
function freeSpot(group: GroupLayout, taken: readonly Rect[], maxWidth: number): Point {
  const right = Math.max(maxWidth, group.width)
  const xs = [0, ...taken.map((rect) => rect.x + rect.width + gap.frame)].toSorted((a, b) => a - b)
  const ys = [0, ...taken.map((rect) => rect.y + rect.height + gap.frame)].toSorted((a, b) => a - b)
  for (const y of ys) {
    for (const x of xs) {
      if (x + group.width > right) break
      if (!taken.some((rect) => overlaps(rectAt({ x, y }, group), rect))) return { x, y }
    }
  }
  // Not reached: the last row is below everything, and its first column is always wide enough.
  return { x: 0, y: ys.at(-1) ?? 0 }
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
