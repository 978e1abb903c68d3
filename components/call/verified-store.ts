import { addVerified, stillVerified, type VerifiedCall } from '@/lib/topology/verified'
import { readVerified, writeVerified } from '@/lib/topology/verified-text'

export type VerifiedStore = {
  /** The same list until a call is added. */
  readonly read: () => readonly VerifiedCall[]
  readonly write: (call: VerifiedCall) => void
  readonly subscribe: (listener: () => void) => () => void
}

type Drawer = Pick<Storage, 'getItem' | 'setItem'>

/** The calls that were verified in one target, kept in `drawer` under `key` so that a reload knows them. */
export function makeVerifiedStore(key: string, drawer: () => Drawer, nowMs: () => number): VerifiedStore {
  let calls: readonly VerifiedCall[] | null = null
  const listeners = new Set<() => void>()

  const load = () => {
    try {
      return readVerified(drawer().getItem(key), nowMs())
    } catch {
      // Reading storage throws where the browser forbids it; then the page alone remembers.
      return []
    }
  }
  const read = () => {
    calls ??= load()
    return calls
  }
  return {
    read,
    write(call) {
      calls = addVerified(stillVerified(read(), nowMs()), call)
      try {
        drawer().setItem(key, writeVerified(calls))
      } catch {
        // Full or forbidden: the line is drawn all the same, until the page is left.
      }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
