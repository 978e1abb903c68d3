/** How much output of one container is kept, and how fast it is read at all. */
export type OutputBudget = {
  readonly keptBytesPerSecond: number
  /** Kept at once after a quiet time. */
  readonly burstBytes: number
  /** Beyond this the container has to wait with its output, so that reading and dropping it costs nobody else. */
  readonly readBytesPerSecond: number
}

/** Enough for a chatty service; a log stream holds no more than the burst anyway. */
export const outputBudget: OutputBudget = {
  keptBytesPerSecond: 256 * 1024,
  burstBytes: 1024 * 1024,
  readBytesPerSecond: 4 * 1024 * 1024,
}

export type OutputState = {
  readonly keepable: number
  /** Bytes read faster than allowed; falls with time. */
  readonly ahead: number
  readonly atMs: number
}

export const startingOutput = (budget: OutputBudget, nowMs: number): OutputState => ({
  keepable: budget.burstBytes,
  ahead: 0,
  atMs: nowMs,
})

/**
 * What to do with a chunk of `bytes`: keep or drop it (ECS's own default for awslogs is to drop rather than to block
 * the container), and how long to read no further. Pauses below 20 ms are saved up.
 */
export function afterChunk(
  state: OutputState,
  bytes: number,
  nowMs: number,
  budget: OutputBudget,
): { readonly state: OutputState; readonly keep: boolean; readonly pauseMs: number } {
  const elapsedMs = Math.max(0, nowMs - state.atMs)
  const keepable = Math.min(
    budget.burstBytes,
    state.keepable + (elapsedMs * budget.keptBytesPerSecond) / 1000,
  )
  const ahead = Math.max(0, state.ahead - (elapsedMs * budget.readBytesPerSecond) / 1000) + bytes
  const keep = keepable >= bytes
  const aheadMs = Math.floor((ahead / budget.readBytesPerSecond) * 1000)
  return {
    state: { keepable: keep ? keepable - bytes : keepable, ahead, atMs: nowMs },
    keep,
    pauseMs: aheadMs >= 20 ? aheadMs : 0,
  }
}

/** CloudWatch Logs counts 26 bytes per event besides its text (PutLogEvents); so do we, or short lines would be free. */
export const afterLines = (state: OutputState, lines: number): OutputState => ({
  ...state,
  keepable: state.keepable - lines * 26,
})
