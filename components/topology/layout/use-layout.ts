'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { makeLayoutEngine } from './layout-engine'
import type { GroupStructure, MapLayout } from './model'
import { makeWorkerSolve } from './solve-in-worker'

function makeEngine() {
  const { solve, stop } = makeWorkerSolve()
  const report = (error: unknown) => console.error('the map could not be laid out', error)
  return { engine: makeLayoutEngine(solve, report), stop }
}

/** Places for the given structures; null until the first layout is there. */
export function useLayout(structures: readonly GroupStructure[] | null): {
  readonly layout: MapLayout | null
  readonly tidy: () => void
} {
  const [{ engine, stop }] = useState(makeEngine)
  useEffect(() => stop, [stop])
  useEffect(() => {
    if (structures) engine.update(structures)
  }, [engine, structures])
  const layout = useSyncExternalStore(engine.subscribe, engine.get, () => null)
  return { layout, tidy: engine.tidy }
}
