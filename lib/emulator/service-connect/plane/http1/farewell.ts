import type { LazyTimer } from '../lazy-timer'

/** After its last answer a connection may still send this long what nobody reads … */
const lingerMs = 1_000
/** … and its last answer is given up when nothing of it was taken for this long. */
const slowReaderMs = 30_000
const never = Number.POSITIVE_INFINITY

/** What of a socket it takes to say goodbye. */
type Side = {
  readonly writableLength: number
  resume(): unknown
  end(said: () => void): unknown
  destroy(): unknown
}

/**
 * The end of a caller's connection. It says goodbye and reads on for a moment: closing with unread bytes would reset the
 * connection and lose the answer.
 */
export class Farewell {
  readonly #socket: Side
  /** When the last byte of the last answer had left. */
  #saidAllMs = never
  #unsaid: number

  constructor(socket: Side, timer: LazyTimer) {
    this.#socket = socket
    socket.resume()
    socket.end(() => {
      this.#saidAllMs = performance.now()
      timer.ensure(this.#saidAllMs + lingerMs)
    })
    this.#unsaid = socket.writableLength
    timer.ensure(performance.now() + slowReaderMs)
  }

  /** A caller that takes its last answer slowly has the time; one that takes nothing of it has not. Gives the next deadline. */
  due(nowMs: number): number {
    const unsaid = this.#socket.writableLength
    if (nowMs < this.#saidAllMs + lingerMs && this.#saidAllMs !== never) return this.#saidAllMs + lingerMs
    if (this.#saidAllMs === never && unsaid < this.#unsaid) {
      this.#unsaid = unsaid
      return nowMs + slowReaderMs
    }
    this.#socket.destroy()
    return never
  }
}
