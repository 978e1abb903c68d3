import type { Hole } from './model'

/** More of one kind than this are told as one: a thousand denied services are one missing permission. */
const TOLD_APART = 3

const keyOf = (hole: Hole) => `${hole.operation} ${hole.kind} ${hole.errorName}`

/** Holes as the screen tells them: in a steady order, many of one kind folded, each with the time it first showed. */
export function foldHoles(holes: readonly Hole[], before: readonly Hole[]): readonly Hole[] {
  const groups = new Map<string, Hole[]>()
  for (const hole of holes) {
    const group = groups.get(keyOf(hole))
    if (group) group.push(hole)
    else groups.set(keyOf(hole), [hole])
  }
  const since = new Map(before.map((hole) => [`${keyOf(hole)} ${hole.subject}`, hole.sinceMs]))
  const sinceOfKind = new Map<string, number>()
  for (const hole of before) {
    const earliest = sinceOfKind.get(keyOf(hole))
    sinceOfKind.set(keyOf(hole), Math.min(earliest ?? hole.sinceMs, hole.sinceMs))
  }
  return [...groups.keys()].sort().flatMap((key) => {
    const group = groups.get(key) ?? []
    const first = group[0]
    if (!first) return []
    if (group.length > TOLD_APART)
      return [{ ...first, subject: `${group.length} places`, sinceMs: sinceOfKind.get(key) ?? first.sinceMs }]
    return group
      .map((hole) => ({ ...hole, sinceMs: since.get(`${key} ${hole.subject}`) ?? hole.sinceMs }))
      .sort((a, b) => ((a.subject ?? '') < (b.subject ?? '') ? -1 : 1))
  })
}
