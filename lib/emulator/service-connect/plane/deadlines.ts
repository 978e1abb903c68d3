import { answers, type LocalAnswer } from './local-answer'
import type { Limits } from './timeouts'

/** When one exchange has to end; times are of `performance.now`, Infinity is never. */
export class Deadlines {
  readonly #limits: Limits
  #lastByteMs: number
  #completeAtMs = Number.POSITIVE_INFINITY
  #upgraded = false

  constructor(limits: Limits, startedAtMs: number) {
    this.#limits = limits
    this.#lastByteMs = startedAtMs
  }

  /** A byte came from either side. */
  saw(nowMs: number): void {
    this.#lastByteMs = nowMs
  }

  /** The request is whole: from now on its answer is due. */
  requestComplete(nowMs: number): void {
    this.#completeAtMs = this.#lastByteMs = nowMs
  }

  /** There is no answer to wait for any more, only bytes. */
  upgraded(): void {
    this.#upgraded = true
  }

  get nextMs(): number {
    const idleAt = this.#lastByteMs + this.#limits.idleMs
    return this.#upgraded ? idleAt : Math.min(idleAt, this.#completeAtMs + this.#limits.requestMs)
  }

  /** What is answered once `nextMs` has passed. */
  answerAt(nowMs: number): LocalAnswer {
    if (!this.#upgraded && nowMs >= this.#completeAtMs + this.#limits.requestMs) return answers.requestTimeout
    return this.#completeAtMs === Number.POSITIVE_INFINITY ? answers.slowRequest : answers.idleTimeout
  }
}
