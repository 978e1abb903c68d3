import type { Scope } from '../scope'
import { addTo, type Bucket, emptyBucket } from './bucket'
import type { Datum, MetricSink } from './datum'

export const MINUTE_MS = 60_000

export type Dimension = { readonly name: string; readonly value: string }

/** One metric with one set of dimensions. */
export type Series = {
  readonly namespace: string
  readonly name: string
  /** In the order in which they came first. */
  readonly dimensions: readonly Dimension[]
  readonly unit: string
  /** By the start of the minute in epoch milliseconds, oldest first. */
  readonly minutes: ReadonlyMap<number, Bucket>
  readonly lastAtMs: number
}

/** What was measured, by account and region; bounded in minutes and in series. */
export type MetricStore = MetricSink & {
  /** The series with exactly these dimensions, in any order. */
  find(scope: Scope, namespace: string, name: string, dimensions: readonly Dimension[]): Series | undefined
  /** All of a scope, in steady order. */
  list(scope: Scope): readonly Series[]
  clear(): void
}

type MutableSeries = Series & { readonly minutes: Map<number, Bucket>; lastAtMs: number }

const keyOf = (namespace: string, name: string, dimensions: readonly Dimension[]) =>
  JSON.stringify([
    namespace,
    name,
    ...dimensions
      .map((one) => [one.name, one.value])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0)),
  ])

export type MetricBounds = {
  /** How far back it remembers. */
  readonly minutes: number
  /** Series of one account and region; the one that was silent longest goes first. */
  readonly series: number
}

/** Three hours of two thousand series are some tens of MiB at worst; a laptop's cloud has a few hundred. */
const defaultBounds: MetricBounds = { minutes: 180, series: 2_000 }

/** An empty store in memory. */
export function makeMetricStore(bounds: MetricBounds = defaultBounds): MetricStore {
  const scopes = new Map<string, Map<string, MutableSeries>>()

  function seriesOf(scope: Scope): Map<string, MutableSeries> {
    const key = `${scope.accountId}/${scope.region}`
    const known = scopes.get(key)
    if (known) return known
    const made = new Map<string, MutableSeries>()
    scopes.set(key, made)
    return made
  }

  function dropSilent(all: Map<string, MutableSeries>): void {
    let oldest: string | undefined
    let oldestAtMs = Number.POSITIVE_INFINITY
    for (const [key, series] of all)
      if (series.lastAtMs < oldestAtMs) {
        oldest = key
        oldestAtMs = series.lastAtMs
      }
    if (oldest !== undefined) all.delete(oldest)
  }

  function add(all: Map<string, MutableSeries>, datum: Datum): void {
    const key = keyOf(datum.namespace, datum.name, datum.dimensions)
    let series = all.get(key)
    if (!series) {
      if (all.size >= bounds.series) dropSilent(all)
      const { namespace, name, dimensions, unit } = datum
      series = { namespace, name, dimensions, unit, minutes: new Map(), lastAtMs: datum.atMs }
      all.set(key, series)
    }
    series.lastAtMs = Math.max(series.lastAtMs, datum.atMs)
    const minute = Math.floor(datum.atMs / MINUTE_MS) * MINUTE_MS
    let bucket = series.minutes.get(minute)
    if (!bucket) {
      bucket = emptyBucket()
      series.minutes.set(minute, bucket)
      const oldestKept =
        Math.floor(series.lastAtMs / MINUTE_MS) * MINUTE_MS - (bounds.minutes - 1) * MINUTE_MS
      for (const known of series.minutes.keys()) if (known < oldestKept) series.minutes.delete(known)
    }
    addTo(bucket, datum)
  }

  return {
    put(data, scope) {
      const all = seriesOf(scope)
      for (const datum of data) add(all, datum)
    },
    find: (scope, namespace, name, dimensions) => seriesOf(scope).get(keyOf(namespace, name, dimensions)),
    list: (scope) =>
      [...seriesOf(scope)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, series]) => series),
    clear: () => scopes.clear(),
  }
}
