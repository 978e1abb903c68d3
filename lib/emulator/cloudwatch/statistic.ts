import type { Bucket } from './bucket'

/** How one value is made of many; `undefined` when these values cannot tell it. */
export type Statistic = (bucket: Bucket) => number | undefined

const plain: Readonly<Record<string, Statistic>> = {
  SampleCount: (bucket) => bucket.sampleCount,
  Sum: (bucket) => bucket.sum,
  Average: (bucket) => bucket.sum / Math.max(1, bucket.sampleCount),
  Minimum: (bucket) => bucket.minimum,
  Maximum: (bucket) => bucket.maximum,
}

/** `p0` to `p100` with up to ten decimals (CloudWatch user guide, "Statistics definitions"). */
const PERCENTILE = /^p(\d{1,3}(?:\.\d{1,10})?)$/i
/** Bounds of a histogram grow by a tenth, so a value lies at most this much below its bound. */
const WIDTH = 1.1

/** The value below which `share` (0 to 1) of the values lie; within a bound they are taken as spread evenly. */
function percentile(bucket: Bucket, share: number): number | undefined {
  if (!bucket.histogram || bucket.histogram.size === 0) {
    // One value, or always the same: no histogram is needed (CloudWatch keeps percentiles of such statistic sets).
    return bucket.minimum === bucket.maximum ? bucket.minimum : undefined
  }
  const bounds = [...bucket.histogram].sort(([a], [b]) => a - b)
  const total = bounds.reduce((sum, [, count]) => sum + count, 0)
  const rank = share * total
  let below = 0
  for (const [upTo, count] of bounds) {
    if (below + count >= rank && count > 0) {
      const lower = upTo / WIDTH
      const value = lower + (upTo - lower) * Math.max(0, (rank - below) / count)
      return Math.min(value, bucket.maximum)
    }
    below += count
  }
  return bucket.maximum
}

/** The statistic of this name; undefined when CloudWatch has none, or the local cloud doesn't (trimmed means, ranks). */
export function statisticOf(name: string): Statistic | undefined {
  if (Object.hasOwn(plain, name)) return plain[name]
  const share = Number(PERCENTILE.exec(name)?.[1] ?? Number.NaN) / 100
  if (!(share >= 0 && share <= 1)) return undefined
  return (bucket) => percentile(bucket, share)
}
