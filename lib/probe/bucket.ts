/** A token bucket: bursts up to `capacity`, then `perSecond`. */
export type BucketSize = { readonly capacity: number; readonly perSecond: number }

/** How full a bucket was, and when. Plain data; a bucket never seen is full. */
export type Bucket = { readonly tokens: number; readonly atMs: number }

export type Draw =
  | { readonly granted: true; readonly bucket: Bucket }
  | { readonly granted: false; readonly bucket: Bucket; readonly retryAfterMs: number }

/** Takes `amount` tokens if they are there; else says when they will be. `amount` is at most `capacity`. */
export const draw = (bucket: Bucket | undefined, size: BucketSize, amount: number, nowMs: number): Draw => {
  const since = bucket ? Math.max(0, nowMs - bucket.atMs) : 0
  const tokens = Math.min(size.capacity, (bucket?.tokens ?? size.capacity) + (since * size.perSecond) / 1000)
  if (tokens >= amount) return { granted: true, bucket: { tokens: tokens - amount, atMs: nowMs } }
  const retryAfterMs = Math.ceil(((amount - tokens) / size.perSecond) * 1000)
  return { granted: false, bucket: { tokens, atMs: nowMs }, retryAfterMs }
}
