const growth = Math.log(1.1)

/** The upper bound in milliseconds of the interval that a time falls into; bounds grow by a tenth, from 0.1 ms on. */
export function boundOf(ms: number): number {
  if (!(ms > 0.1)) return 0.1
  return Number((0.1 * 1.1 ** stepOf(ms)).toPrecision(6))
}

const stepOf = (ms: number): number => Math.max(0, Math.ceil(Math.log(ms / 0.1) / growth - 1e-9))

/** Counts times by interval, so that percentiles can be told without keeping every one. */
export class ResponseTimes {
  readonly #steps = new Map<number, number>()
  sumMs = 0

  add(ms: number): void {
    const step = ms > 0.1 ? stepOf(ms) : 0
    this.#steps.set(step, (this.#steps.get(step) ?? 0) + 1)
    this.sumMs += ms
  }

  /** What was counted since the last call, lowest bound first. */
  take(): { readonly counts: (readonly [upToMs: number, count: number])[]; readonly sumMs: number } {
    const counts = [...this.#steps]
      .sort(([a], [b]) => a - b)
      .map(([step, count]) => [Number((0.1 * 1.1 ** step).toPrecision(6)), count] as const)
    const sumMs = this.sumMs
    this.#steps.clear()
    this.sumMs = 0
    return { counts, sumMs }
  }
}
