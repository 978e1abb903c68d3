import type { Hole, Inventory, TargetKind } from './model'
import { nextWaitMs } from './next-wait'

/** How fresh the facts are. */
export type WatchStatus = {
  readonly readAtMs: number | null
  readonly intervalMs: number
  readonly failure: Hole | null
}

export type Watcher = {
  /** Keeps readings coming until the returned function is called. */
  hold(): () => void
  /** Done when the reading under way, or else a new one, is finished. Any number of callers share one. */
  look(): Promise<void>
  /** Done when a reading that started after this call is finished, well or not. Any number of callers share one. */
  lookNow(): Promise<void>
  /** As `lookNow`, for after a change: the next readings come quicker too. */
  lookAfterChange(): Promise<void>
  status(): WatchStatus
  stop(): void
}

export type WatchOptions = {
  readonly kind: TargetKind
  readonly intervalMs: number
  /** One reading; may tell an inventory more than once (details that came later). Rejects with an error that `failureOf` knows. */
  readonly read: (tell: (inventory: Inventory) => void) => Promise<void>
  readonly failureOf: (error: unknown) => Hole
  readonly onInventory: (inventory: Inventory) => void
  readonly onStatus: (status: WatchStatus) => void
  /** Called before the reading that follows a failure, to resolve credentials and connections anew. */
  readonly renew: (failure: Hole) => void
  readonly time: {
    now(): number
    /** Calls back later; the returned function cancels. */
    after(ms: number, work: () => void): () => void
  }
  readonly random: () => number
}

const EAGER_READINGS = 5

/**
 * One watcher serves everybody. It reads only while somebody holds it, one reading at a time, and goes on by itself after a failure,
 * which leaves the last facts in place.
 */
export function startWatcher(options: WatchOptions): Watcher {
  const { kind, intervalMs, time } = options
  let holders = 0
  let running: Promise<void> | null = null
  let following: Promise<void> | null = null
  let cancelTimer: (() => void) | null = null
  let stopped = false
  let readAtMs: number | null = null
  let failure: Hole | null = null
  let failures = 0
  let throttledReadings = 0
  let eagerReadings = 0
  let startedAtMs = Number.NEGATIVE_INFINITY

  const status = (): WatchStatus => ({ readAtMs, intervalMs, failure })

  function tell(inventory: Inventory) {
    readAtMs = inventory.readAtMs
    throttledReadings = inventory.holes.some((hole) => hole.kind === 'throttled') ? throttledReadings + 1 : 0
    options.onInventory(inventory)
  }

  function fail(error: unknown) {
    const hole = options.failureOf(error)
    const same = failure?.errorName === hole.errorName && failure.operation === hole.operation
    failure = same && failure ? { ...hole, sinceMs: failure.sinceMs } : hole
    failures += 1
  }

  async function readOnce() {
    startedAtMs = time.now()
    if (failure) options.renew(failure)
    try {
      await options.read(tell)
      failure = null
      failures = 0
    } catch (error) {
      fail(error)
    }
    eagerReadings = Math.max(0, eagerReadings - 1)
    options.onStatus(status())
  }

  function start(): Promise<void> {
    cancelTimer?.()
    cancelTimer = null
    running = readOnce().finally(() => {
      running = null
      schedule()
    })
    return running
  }

  function schedule() {
    if (stopped || holders === 0 || running || following || cancelTimer) return
    const waitMs = nextWaitMs({
      kind,
      intervalMs,
      tookMs: time.now() - startedAtMs,
      failures,
      failureKind: failure?.kind ?? null,
      throttledReadings,
      isEager: eagerReadings > 0,
      chance: options.random(),
    })
    cancelTimer = time.after(waitMs, () => {
      cancelTimer = null
      if (!running && !stopped && holders > 0) void start()
    })
  }

  function lookNow(): Promise<void> {
    if (stopped) return Promise.resolve()
    if (!running) return start()
    following ??= running.then(() => {
      following = null
      return start()
    })
    return following
  }

  return {
    hold() {
      holders += 1
      // Facts of the last interval are fresh enough: a page that is reloaded causes no reading.
      if (holders === 1 && !running) {
        if (time.now() - startedAtMs >= intervalMs) void start()
        else schedule()
      }
      let held = true
      return () => {
        if (!held) return
        held = false
        holders -= 1
        if (holders > 0) return
        cancelTimer?.()
        cancelTimer = null
      }
    },
    look: () => running ?? lookNow(),
    lookNow,
    lookAfterChange() {
      eagerReadings = EAGER_READINGS
      return lookNow()
    },
    status,
    stop() {
      stopped = true
      cancelTimer?.()
      cancelTimer = null
    },
  }
}
