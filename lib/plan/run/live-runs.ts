import type { RunRecord } from './record'

/** The runs that this process works on, and who waits for news of them. */
export type LiveRuns = {
  /** The run as it is now; null: nobody works on it. */
  get(id: string): RunRecord | null
  /** Somebody works on it, or is about to. */
  isTaken(id: string): boolean
  /** Takes a run for one piece of work; false: it is taken. */
  take(id: string): boolean
  /** The run changed; whoever waits is told. */
  show(id: string, record: RunRecord): void
  /** The work is over; whoever waits is told. */
  leave(id: string): void
  /** Resolves at the next news of a run that is taken, or when `signal` says so. */
  news(id: string, signal: AbortSignal): Promise<void>
}

export function startLiveRuns(): LiveRuns {
  const records = new Map<string, RunRecord>()
  const taken = new Set<string>()
  const waiting = new Map<string, Set<() => void>>()

  const wake = (id: string) => {
    const all = [...(waiting.get(id) ?? [])]
    waiting.delete(id)
    for (const one of all) one()
  }

  return {
    get: (id) => records.get(id) ?? null,
    isTaken: (id) => taken.has(id),
    take(id) {
      if (taken.has(id)) return false
      taken.add(id)
      return true
    },
    show(id, record) {
      records.set(id, record)
      wake(id)
    },
    leave(id) {
      records.delete(id)
      taken.delete(id)
      wake(id)
    },
    news(id, signal) {
      if (signal.aborted || !taken.has(id)) return Promise.resolve()
      return new Promise((resolve) => {
        const set = waiting.get(id) ?? new Set()
        waiting.set(id, set)
        const done = () => {
          set.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        set.add(done)
        signal.addEventListener('abort', done, { once: true })
      })
    },
  }
}
