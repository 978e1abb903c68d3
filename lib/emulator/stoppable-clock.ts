import type { Clock } from './clock'

/** A clock whose waiting callbacks can all be given up, so that nothing fires after a stop. */
export type StoppableClock = Clock & { stop(): void }

export function makeStoppableClock(clock: Clock): StoppableClock {
  const waiting = new Set<() => void>()
  let stopped = false
  return {
    now: () => clock.now(),
    after(delayMs, callback) {
      if (stopped) return () => {}
      const cancel = clock.after(delayMs, () => {
        waiting.delete(cancel)
        callback()
      })
      waiting.add(cancel)
      return () => {
        waiting.delete(cancel)
        cancel()
      }
    },
    stop() {
      stopped = true
      for (const cancel of waiting) cancel()
      waiting.clear()
    },
  }
}
