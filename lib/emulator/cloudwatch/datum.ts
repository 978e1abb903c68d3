/** One value of one metric in one minute, as the local cloud keeps it. */
export type Datum = {
  readonly namespace: string
  readonly name: string
  /** In AWS's order; `DiscoveryName`, `ServiceName`, `ClusterName`, `TargetDiscoveryName`. */
  readonly dimensions: readonly { readonly name: string; readonly value: string }[]
  readonly unit: string
  readonly atMs: number
  readonly sampleCount: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
  /** For percentiles: `[upper bound, how many]`; absent where none is asked. */
  readonly histogram?: readonly (readonly [upTo: number, count: number])[]
}

/** Where measured things go; implemented by the metric store. */
export type MetricSink = { put(data: readonly Datum[], scope: { accountId: string; region: string }): void }
