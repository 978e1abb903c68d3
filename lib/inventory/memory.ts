import type { Hole } from './model'

/** What will pass by itself: the last known facts stay. What is denied or unsupported is unknown instead. */
const passing = new Set<Hole['kind']>(['throttled', 'expired', 'unreachable', 'failed'])

export const isPassing = (hole: Hole) => passing.has(hole.kind)

/** Last known answers by key. */
export type Memory<T> = {
  /** Takes what came; gives it back, or the last answer when this one failed for a moment. */
  settle(key: string, fresh: T, hole: Hole | null): { readonly value: T; readonly known: boolean }
  /** Forgets what was not asked for since the last call of this. */
  sweep(): void
}

export function makeMemory<T>(): Memory<T> {
  const last = new Map<string, T>()
  let touched = new Set<string>()
  return {
    settle(key, fresh, hole) {
      touched.add(key)
      if (hole === null) {
        last.set(key, fresh)
        return { value: fresh, known: true }
      }
      const before = isPassing(hole) ? last.get(key) : undefined
      if (before !== undefined) return { value: before, known: true }
      if (!isPassing(hole)) last.delete(key)
      return { value: fresh, known: false }
    },
    sweep() {
      for (const key of last.keys()) if (!touched.has(key)) last.delete(key)
      touched = new Set()
    },
  }
}
