import type { Clock } from '../clock'

/** Numbered messages on their way; each stays until it is acknowledged. */
export type Outbox = {
  /** Sends a frame under the next number. `make` packs it. */
  send(make: (sequenceNumber: number) => Buffer): void
  acknowledge(sequenceNumber: number): void
  /** Sent and not acknowledged. */
  readonly waiting: number
  stop(): void
}

/** session-manager-plugin's numbers. */
const tickMs = 100
const firstTimeoutMs = 200
const maxTimeoutMs = 1_000
const maxResends = 3_000

type Sent = { readonly sequenceNumber: number; readonly frame: Buffer; sentAtMs: number; resends: number }

/**
 * Resends the oldest message that nobody acknowledged in time; the time follows the round trips (an eighth and a quarter, as
 * TCP has it). `onGivenUp` is told once, after about five minutes of silence.
 */
export function makeOutbox(clock: Clock, write: (frame: Buffer) => void, onGivenUp: () => void): Outbox {
  const sent: Sent[] = []
  let nextNumber = 0
  let roundTripMs: number | undefined
  let variationMs = 0
  let timeoutMs = firstTimeoutMs
  let cancel: (() => void) | undefined
  let stopped = false

  const learn = (tookMs: number): void => {
    if (roundTripMs === undefined) {
      roundTripMs = tookMs
      variationMs = tookMs / 2
    } else {
      variationMs += (Math.abs(tookMs - roundTripMs) - variationMs) / 4
      roundTripMs += (tookMs - roundTripMs) / 8
    }
    timeoutMs = Math.min(maxTimeoutMs, Math.max(firstTimeoutMs, roundTripMs + 4 * variationMs))
  }

  const arm = (): void => {
    if (stopped || cancel || sent.length === 0) return
    cancel = clock.after(tickMs, tick)
  }
  const tick = (): void => {
    cancel = undefined
    const [oldest] = sent
    if (oldest && clock.now() - oldest.sentAtMs >= timeoutMs) {
      if (oldest.resends >= maxResends) {
        stopped = true
        onGivenUp()
        return
      }
      oldest.resends++
      oldest.sentAtMs = clock.now()
      write(oldest.frame)
    }
    arm()
  }

  return {
    send(make) {
      if (stopped) return
      const sequenceNumber = nextNumber++
      const frame = make(sequenceNumber)
      sent.push({ sequenceNumber, frame, sentAtMs: clock.now(), resends: 0 })
      write(frame)
      arm()
    },
    acknowledge(sequenceNumber) {
      const index = sent.findIndex((one) => one.sequenceNumber === sequenceNumber)
      const [found] = index === -1 ? [] : sent.splice(index, 1)
      // The answer to a message that was sent twice may belong to either.
      if (found && found.resends === 0) learn(clock.now() - found.sentAtMs)
      if (sent.length > 0) return
      cancel?.()
      cancel = undefined
    },
    get waiting() {
      return sent.length
    },
    stop() {
      stopped = true
      cancel?.()
      cancel = undefined
    },
  }
}
