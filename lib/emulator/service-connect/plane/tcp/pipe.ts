import type { Duplex } from 'node:stream'
import { LazyTimer } from '../lazy-timer'

export type PipeCounts = { bytesIn: number; bytesOut: number }

/**
 * Carries bytes both ways, no faster than the slower side takes them; one side's end is passed on, and the other may still
 * say something. Both have to allow that (`allowHalfOpen`). Ends when both have ended, or nothing came for `idleMs`.
 */
export function pipeSockets(
  caller: Duplex,
  host: Duplex,
  idleMs: number,
  counts: readonly PipeCounts[],
): void {
  let lastMs = performance.now()
  const timer = new LazyTimer((nowMs) => {
    if (nowMs < lastMs + idleMs) return lastMs + idleMs
    caller.destroy()
    return Number.POSITIVE_INFINITY
  })
  if (idleMs !== Number.POSITIVE_INFINITY) timer.ensure(lastMs + idleMs)

  const join = (from: Duplex, to: Duplex, count: (bytes: number) => void): void => {
    from.on('data', (bytes: Buffer) => {
      lastMs = performance.now()
      count(bytes.length)
      if (!to.write(bytes)) from.pause()
    })
    to.on('drain', () => from.resume())
    from.once('end', () => to.end())
    from.once('close', () => {
      timer.stop()
      // A clean end was passed on by `end`; anything else is a reset there, too.
      if (from.readableEnded && from.writableFinished) return
      to.destroy()
    })
  }
  join(caller, host, (bytes) => {
    for (const one of counts) one.bytesIn += bytes
  })
  join(host, caller, (bytes) => {
    for (const one of counts) one.bytesOut += bytes
  })
}
