import type { Datum } from './datum'

/** All values of one metric in one stretch of time. */
export type Bucket = {
  sampleCount: number
  sum: number
  minimum: number
  maximum: number
  /** By upper bound; null: no value came with one. */
  histogram: Map<number, number> | null
}

/** More bounds than any measured time needs; what comes beyond counts with the next lower one there is. */
const MOST_BOUNDS = 400

export const emptyBucket = (): Bucket => ({
  sampleCount: 0,
  sum: 0,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
  histogram: null,
})

function count(histogram: Map<number, number>, upTo: number, times: number): void {
  const known = histogram.get(upTo)
  if (known !== undefined || histogram.size < MOST_BOUNDS) {
    histogram.set(upTo, (known ?? 0) + times)
    return
  }
  let nearest = Number.NEGATIVE_INFINITY
  let lowest = Number.POSITIVE_INFINITY
  for (const bound of histogram.keys()) {
    if (bound < upTo && bound > nearest) nearest = bound
    if (bound < lowest) lowest = bound
  }
  const taken = Number.isFinite(nearest) ? nearest : lowest
  histogram.set(taken, (histogram.get(taken) ?? 0) + times)
}

type Values = Pick<Datum, 'sampleCount' | 'sum' | 'minimum' | 'maximum'> & {
  readonly histogram?: Iterable<readonly [upTo: number, count: number]> | null | undefined
}

/** Adds values to a bucket. */
export function addTo(bucket: Bucket, values: Values): void {
  bucket.sampleCount += values.sampleCount
  bucket.sum += values.sum
  bucket.minimum = Math.min(bucket.minimum, values.minimum)
  bucket.maximum = Math.max(bucket.maximum, values.maximum)
  if (!values.histogram) return
  bucket.histogram ??= new Map()
  for (const [upTo, times] of values.histogram) count(bucket.histogram, upTo, times)
}
