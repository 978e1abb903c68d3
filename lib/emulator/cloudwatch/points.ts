import { addTo, type Bucket, emptyBucket } from './bucket'
import { MINUTE_MS, type Series } from './store'

export type Point = { readonly atMs: number; readonly bucket: Bucket }

export type Span = {
  /** Inclusive. */
  readonly startMs: number
  /** Exclusive. */
  readonly endMs: number
  readonly periodSeconds: number
}

/**
 * The values of a series in periods, oldest first; periods without values are left out. The start is rounded down to the whole minute
 * (CloudWatch API reference, "GetMetricData"); a period starts at a multiple of its length. Periods below a minute give minutes: that is
 * how fine these metrics are.
 */
export function pointsOf(series: Series | undefined, span: Span): readonly Point[] {
  if (!series) return []
  const periodMs = Math.max(MINUTE_MS, span.periodSeconds * 1_000)
  const startMs = Math.floor(span.startMs / MINUTE_MS) * MINUTE_MS
  const periods = new Map<number, Bucket>()
  for (const [minuteMs, bucket] of series.minutes) {
    if (minuteMs < startMs || minuteMs >= span.endMs) continue
    const atMs = Math.floor(minuteMs / periodMs) * periodMs
    const period = periods.get(atMs) ?? emptyBucket()
    periods.set(atMs, period)
    addTo(period, bucket)
  }
  return [...periods].sort(([a], [b]) => a - b).map(([atMs, bucket]) => ({ atMs, bucket }))
}

/** A period of 1, 5, 10, 20 or 30 seconds or of whole minutes. */
export const isPeriod = (seconds: number): boolean =>
  [1, 5, 10, 20, 30].includes(seconds) || (Number.isInteger(seconds) && seconds >= 60 && seconds % 60 === 0)
