import type { Clock } from '@/lib/emulator/clock'

/** Time that moves only when a test says so. Callbacks run in the order of their times. */
export type ManualClock = Clock & {
  advance(ms: number): void
  /** Callbacks that still wait. */
  readonly waiting: number
}

export function makeManualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let now = startMs
  let order = 0
  let timers: { atMs: number; order: number; callback: () => void }[] = []
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { atMs: now + delayMs, order: order++, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        timers.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
        const next = timers[0]
        if (!next || next.atMs > until) break
        timers.shift()
        now = Math.max(now, next.atMs)
        next.callback()
      }
      now = until
    },
    get waiting() {
      return timers.length
    },
  }
}
