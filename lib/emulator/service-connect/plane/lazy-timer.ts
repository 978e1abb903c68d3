/**
 * One timer for a deadline that moves with nearly every event: it is not set anew each time, but asks when it fires whether
 * the deadline has moved.
 */
export class LazyTimer {
  readonly #onDue: (nowMs: number) => number
  #timer: NodeJS.Timeout | undefined
  #firesAtMs = Number.POSITIVE_INFINITY

  /** `onDue` does what is due at `nowMs` (of `performance.now`) and tells the next deadline; Infinity: none. */
  constructor(onDue: (nowMs: number) => number) {
    this.#onDue = onDue
  }

  /** Fires at `atMs` at the latest. */
  ensure(atMs: number): void {
    if (atMs >= this.#firesAtMs) return
    clearTimeout(this.#timer)
    this.#firesAtMs = atMs
    this.#timer = setTimeout(this.#fire, Math.max(1, Math.ceil(atMs - performance.now())))
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#firesAtMs = Number.POSITIVE_INFINITY
  }

  readonly #fire = (): void => {
    this.#firesAtMs = Number.POSITIVE_INFINITY
    const next = this.#onDue(performance.now())
    if (next !== Number.POSITIVE_INFINITY) this.ensure(next)
  }
}
