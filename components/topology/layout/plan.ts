import type { GroupLayout, GroupStructure } from './model'
import { mustLayOut, settleGroup } from './settle'

export type LayoutPlan = {
  /** Groups that stand already, in the order of the structures; undefined where dagre must be asked. */
  readonly settled: readonly (GroupLayout | undefined)[]
  /** Groups for the worker. */
  readonly open: readonly GroupStructure[]
}

/** Splits the work: what a hash says is unchanged or can settle in place needs no layout engine. */
export function planLayout(
  structures: readonly GroupStructure[],
  before: ReadonlyMap<string, GroupLayout>,
): LayoutPlan {
  const settled = structures.map((structure) => {
    const old = before.get(structure.id)
    if (old?.hash === structure.hash) return old
    return old && !mustLayOut(structure, old) ? settleGroup(structure, old) : undefined
  })
  return { settled, open: structures.filter((_, i) => settled[i] === undefined) }
}
