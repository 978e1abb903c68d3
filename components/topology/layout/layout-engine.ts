import type { GroupLayout, GroupStructure, MapLayout } from './model'
import { packFrames } from './pack'
import { planLayout } from './plan'

export type Solve = (structures: readonly GroupStructure[]) => Promise<readonly GroupLayout[]>

export type LayoutEngine = {
  /** Null before the first layout. The object changes only when something has to move. */
  readonly get: () => MapLayout | null
  readonly subscribe: (listener: () => void) => () => void
  /** Tells what stands on the map now. What did not change keeps its place. */
  readonly update: (structures: readonly GroupStructure[]) => void
  /** Forgets all places and lays the present structures out afresh. */
  readonly tidy: () => void
}

/** Remembers every place it gave. `solve` lays out groups that have none yet; only the newest question counts. */
export function makeLayoutEngine(solve: Solve, report: (error: unknown) => void): LayoutEngine {
  const groups = new Map<string, GroupLayout>()
  let frames: MapLayout['frames'] = {}
  let current: MapLayout | null = null
  let asked: readonly GroupStructure[] = []
  let question = 0
  let forced = false
  const listeners = new Set<() => void>()

  const settle = (layouts: readonly GroupLayout[]) => {
    for (const layout of layouts) groups.set(layout.id, layout)
    const packed = packFrames(layouts, frames)
    const isOther = forced || !current || !layouts.some((layout) => current?.frames[layout.id])
    forced = false
    current = { ...packed, turn: (current?.turn ?? 0) + (isOther ? 1 : 0) }
    frames = { ...frames, ...packed.frames }
    for (const listener of listeners) listener()
  }

  const ask = (structures: readonly GroupStructure[]) => {
    asked = structures
    question += 1
    const mine = question
    const plan = planLayout(structures, groups)
    const done = plan.settled.filter((layout) => layout !== undefined)
    if (plan.open.length === 0) return settle(done)
    solve(plan.open).then((solved) => {
      if (mine !== question) return
      const byId = new Map([...done, ...solved].map((layout) => [layout.id, layout]))
      settle(structures.flatMap((structure) => byId.get(structure.id) ?? []))
    }, report)
  }

  return {
    get: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update: (structures) => {
      if (current && sameStructures(structures, asked)) return
      ask(structures)
    },
    tidy: () => {
      groups.clear()
      frames = {}
      forced = true
      ask(asked)
    },
  }
}

function sameStructures(a: readonly GroupStructure[], b: readonly GroupStructure[]): boolean {
  return a.length === b.length && a.every((structure, i) => structure.hash === b[i]?.hash)
}
