import type { Solve } from './layout-engine'
import type { LayoutAnswer, LayoutRequest } from './layout-worker'
import type { GroupLayout } from './model'

/**
 * Lays out in a Web Worker, so that the page stays free. Where a worker cannot start (a strict proxy, an old
 * browser) the same code is loaded into the page instead: slower, but there is a map.
 */
export function makeWorkerSolve(): {
  readonly solve: Solve
  /** Starts the worker before it is needed: its code loads while the first reading is on its way. */
  readonly warm: () => void
  readonly stop: () => void
} {
  let worker: Worker | null = null
  let broken = false
  let lastId = 0
  const waiting = new Map<
    number,
    { request: LayoutRequest; resolve: (layouts: readonly GroupLayout[]) => void }
  >()

  const solveHere: Solve = async (structures) => {
    const { layOutGroup } = await import('./lay-out-group')
    return structures.map(layOutGroup)
  }

  const start = () => {
    const made = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', (event: MessageEvent<LayoutAnswer>) => {
      waiting.get(event.data.id)?.resolve(event.data.layouts)
      waiting.delete(event.data.id)
    })
    made.addEventListener('error', (event) => {
      console.warn('the layout worker failed; laying out in the page instead', event.message)
      broken = true
      made.terminate()
      for (const [, { request, resolve }] of waiting)
        solveHere(request.structures).then(resolve, console.error)
      waiting.clear()
    })
    return made
  }

  return {
    warm: () => {
      if (!broken && typeof Worker !== 'undefined') worker ??= start()
    },
    solve: (structures) => {
      if (broken || typeof Worker === 'undefined') return solveHere(structures)
      worker ??= start()
      lastId += 1
      const request: LayoutRequest = { id: lastId, structures }
      return new Promise((resolve) => {
        waiting.set(request.id, { request, resolve })
        worker?.postMessage(request)
      })
    },
    stop: () => {
      worker?.terminate()
      worker = null
      waiting.clear()
    },
  }
}
