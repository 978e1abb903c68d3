export type Point = { readonly x: number; readonly y: number }
export type Rect = Point & { readonly width: number; readonly height: number }

/** What decides the layout of one group, and nothing else: a status change leaves it untouched. */
export type GroupStructure = {
  readonly id: string
  readonly framed: boolean
  /** Sorted service ids. */
  readonly nodes: readonly string[]
  /** Caller and callee, both in this group; sorted. */
  readonly edges: readonly (readonly [string, string])[]
  readonly hash: string
}

/** One group, laid out by itself; places are relative to the frame's top left corner. */
export type GroupLayout = {
  readonly id: string
  readonly hash: string
  readonly width: number
  readonly height: number
  /** Edges the layout was made with: when the first ones appear, the group is laid out afresh. */
  readonly edgeCount: number
  readonly places: Readonly<Record<string, Point>>
}

/** The whole map; places are absolute. */
export type MapLayout = {
  readonly frames: Readonly<Record<string, Rect>>
  readonly places: Readonly<Record<string, Point>>
  /** Moves when the whole map was arranged anew (first picture, other grouping, tidied up), not when it grew. */
  readonly turn: number
}
