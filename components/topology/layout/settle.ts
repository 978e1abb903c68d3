import type { GroupLayout, GroupStructure, Point } from './model'
import { card, gap, padding } from './sizes'

const step = { x: card.width + gap.rank, y: card.height + gap.row }

/**
 * Decides whether a group can keep its places. It is laid out afresh when nothing of it stood before, when its
 * first edges appear (task definitions are read after the first picture), or when more came than stayed.
 */
export function mustLayOut(structure: GroupStructure, before: GroupLayout | undefined): boolean {
  if (!before) return true
  if (before.edgeCount === 0 && structure.edges.length > 0) return true
  const stayed = structure.nodes.filter((id) => before.places[id]).length
  return stayed === 0 || structure.nodes.length - stayed > stayed
}

/**
 * Keeps every place, drops what went and finds a free place for each newcomer: beside what it talks to, else
 * below. The frame never shrinks, so that its neighbours stay where they are.
 */
export function settleGroup(structure: GroupStructure, before: GroupLayout): GroupLayout {
  const places: Record<string, Point> = {}
  const newcomers: string[] = []
  for (const id of structure.nodes) {
    const place = before.places[id]
    if (place) places[id] = place
    else newcomers.push(id)
  }
  const inset = structure.framed ? padding : { x: 0, top: 0, bottom: 0 }
  for (const id of newcomers) {
    const wanted = wantedPlace(id, structure, places) ?? { x: inset.x, y: inset.top }
    places[id] = freePlace(wanted, Object.values(places))
  }
  let width = before.width
  let height = before.height
  for (const id of newcomers) {
    const place = places[id]
    if (!place) continue
    width = Math.max(width, place.x + card.width + inset.x)
    height = Math.max(height, place.y + card.height + inset.bottom)
  }
  return { id: structure.id, hash: structure.hash, edgeCount: structure.edges.length, width, height, places }
}

/** Right of its first caller, else left of its first callee when there is room. */
function wantedPlace(
  id: string,
  structure: GroupStructure,
  places: Readonly<Record<string, Point>>,
): Point | null {
  const caller = structure.edges.find(([source, target]) => target === id && places[source])
  const from = caller && places[caller[0]]
  if (from) return { x: from.x + step.x, y: from.y }
  const callee = structure.edges.find(([source, target]) => source === id && places[target])
  const to = callee && places[callee[1]]
  if (to) return to.x - step.x >= 0 ? { x: to.x - step.x, y: to.y } : { x: to.x, y: to.y + step.y }
  return null
}

/** The nearest free place straight below the wanted one. */
function freePlace(wanted: Point, taken: readonly Point[]): Point {
  let y = wanted.y
  for (;;) {
    const hit = taken.filter(
      (place) => Math.abs(place.x - wanted.x) < card.width + gap.column && Math.abs(place.y - y) < step.y,
    )
    if (hit.length === 0) return { x: wanted.x, y }
    y = Math.min(...hit.map((place) => place.y)) + step.y
  }
}
