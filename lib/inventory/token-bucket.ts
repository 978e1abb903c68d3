export type BucketSize = {
  /** Calls that may go at once after a rest. */
  readonly burst: number
  readonly perSecond: number
}

/** Hands out calls at a rate: `take` books one and says how many milliseconds to wait before it may go. */
export type TokenBucket = { take(nowMs: number): number }

export function makeTokenBucket(size: BucketSize): TokenBucket {
  let tokens = size.burst
  let atMs = Number.NEGATIVE_INFINITY
  return {
    take(nowMs) {
      // A clock that jumps back must not starve anybody.
      const passedMs = Math.max(0, nowMs - atMs)
      tokens = Math.min(size.burst, tokens + (passedMs / 1_000) * size.perSecond)
      atMs = nowMs
      tokens -= 1
      return tokens >= 0 ? 0 : Math.ceil((-tokens / size.perSecond) * 1_000)
    },
  }
}
