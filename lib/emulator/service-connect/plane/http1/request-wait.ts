const never = Number.POSITIVE_INFINITY

type Limits = { readonly headMs: number; readonly idleMs: number }

/** How long a connection has waited for a request, or for the rest of a request's head; times are of `performance.now`. */
export class RequestWait {
  readonly #limits: Limits
  #headSinceMs = never
  #idleSinceMs: number

  constructor(limits: Limits, nowMs: number) {
    this.#limits = limits
    this.#idleSinceMs = nowMs
  }

  /** A part of a head is here. */
  get hasBegun(): boolean {
    return this.#headSinceMs !== never
  }

  /** When the wait is over. */
  get endsAtMs(): number {
    return this.hasBegun ? this.#headSinceMs + this.#limits.headMs : this.#idleSinceMs + this.#limits.idleMs
  }

  begin(nowMs: number): void {
    this.#headSinceMs = nowMs
  }

  /** The head is whole, or will never be. */
  settle(): void {
    this.#headSinceMs = never
  }

  /** The last request is answered. */
  idle(nowMs: number): void {
    this.#idleSinceMs = nowMs
  }
}
