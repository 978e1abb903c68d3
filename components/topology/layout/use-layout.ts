'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { type LayoutEngine, makeLayoutEngine } from './layout-engine'
import type { GroupStructure, MapLayout } from './model'
import { makeWorkerSolve } from './solve-in-worker'

function makeEngine() {
  const { solve, warm, stop } = makeWorkerSolve()
  const report = (error: unknown) => console.error('the map could not be laid out', error)
  return { engine: makeLayoutEngine(solve, report), warm, stop }
}

/** The engine that remembers all places while the page stands; its worker starts at once. */
export function useLayoutEngine(): LayoutEngine {
  const [{ engine, warm, stop }] = useState(makeEngine)
  useEffect(() => {
    warm()
    return stop
  }, [warm, stop])
  return engine
}

/** Places for the given structures; null until the first layout is there. */
export function useLayout(engine: LayoutEngine, structures: readonly GroupStructure[]): MapLayout | null {
  useEffect(() => engine.update(structures), [engine, structures])
  return useSyncExternalStore(engine.subscribe, engine.get, () => null)
}
