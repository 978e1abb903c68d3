import 'server-only'
import {
  type CloudWatchClient,
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import { holeFromError } from '@/lib/target/hole'
import type { TargetSettings } from '@/lib/target/settings'
import { inBatches } from './batch'
import { type Pace, startCycle, type Time } from './cycle'
import { type Figures, type PairMemory, readPair } from './edge-traffic'
import { list, text } from './loose'
import { isPassing } from './memory'
import type { EcsService, EdgeTraffic, Hole, TargetKind } from './model'
import {
  type Asked,
  CALLER_DIMENSIONS,
  ECS_METRICS,
  type Figure,
  type Pair,
  pairsIn,
  queriesOf,
} from './traffic-queries'

export type TrafficReading = {
  readonly traffic: readonly EdgeTraffic[]
  /** null: not read yet, or not readable. */
  readonly readAtMs: number | null
  readonly holes: readonly Hole[]
}

export type TrafficReader = {
  /** What is known now; never waits. */
  known(): TrafficReading
  /** Looks when it is time to and some service uses Service Connect. Done when it has looked; never throws. */
  look(services: readonly EcsService[]): Promise<void>
}

/** CloudWatch takes so many metrics in one call (API reference, "GetMetricData"). */
const AT_ONCE = 500
/** AWS counts by the minute and takes money for every metric asked for. */
const EVERY_MS: Readonly<Record<TargetKind, number>> = { local: 5_000, endpoint: 60_000, aws: 60_000 }
/** New callers are looked for less often than known ones are read. */
const LIST_EVERY_MS: Readonly<Record<TargetKind, number>> = { local: 0, endpoint: 60_000, aws: 300_000 }
/** Denied or lacking: somebody has to change something first. */
const RETRY_MS: Readonly<Record<TargetKind, number>> = { local: 30_000, endpoint: 300_000, aws: 300_000 }
/** As far back as `RecentlyActive` reaches: that is how long an edge is remembered without traffic. */
const HISTORY_MS = 10_800_000
const WINDOW_MS = 600_000

type Options = {
  readonly settings: TargetSettings
  readonly client: () => CloudWatchClient
  readonly pace: Pace
  readonly time: Time
}

const usesConnect = (service: EcsService) =>
  service.deployments.some((deployment) => deployment.serviceConnect !== null)

/** The reader of one target's traffic. It remembers since when it sees whom. */
export function makeTrafficReader({ settings, client, pace, time }: Options): TrafficReader {
  const { kind } = settings
  let pairs: readonly Pair[] = []
  let listedAtMs: number | null = null
  let lookedAtMs: number | null = null
  let nextMs = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | null = null
  const memories = new Map<string, PairMemory>()
  let reading: TrafficReading = { traffic: [], readAtMs: null, holes: [] }

  async function listPairs(nowMs: number): Promise<Hole | null> {
    if (listedAtMs !== null && nowMs - listedAtMs < LIST_EVERY_MS[kind]) return null
    const cycle = startCycle(settings, pace, time)
    const { items, hole } = await cycle.pages(
      'cloudwatch:ListMetrics',
      null,
      (token) =>
        client().send(
          new ListMetricsCommand({
            Namespace: ECS_METRICS,
            Dimensions: CALLER_DIMENSIONS.map((name) => ({ Name: name })),
            RecentlyActive: 'PT3H',
            NextToken: token,
          }),
        ),
      (page) => ({ items: list(page.Metrics), token: page.NextToken }),
    )
    if (hole) return hole
    pairs = pairsIn(items)
    listedAtMs = nowMs
    const listed = new Set(pairs.map((pair) => pair.key))
    for (const key of memories.keys()) if (!listed.has(key)) memories.delete(key)
    return null
  }

  async function readFigures(batch: readonly Asked[], nowMs: number, startMs: number) {
    const cycle = startCycle(settings, pace, time)
    return cycle.pages(
      'cloudwatch:GetMetricData',
      null,
      (token) =>
        client().send(
          new GetMetricDataCommand({
            MetricDataQueries: batch.map((one) => one.query),
            StartTime: new Date(startMs),
            EndTime: new Date(nowMs),
            NextToken: token,
          }),
        ),
      (page) => ({ items: list(page.MetricDataResults), token: page.NextToken }),
    )
  }

  /** null: nothing could be read, and why is told. */
  async function readAll(nowMs: number, asked: readonly Asked[]): Promise<Hole | null> {
    const isNew = pairs.some((pair) => !memories.has(pair.key))
    const startMs = nowMs - (isNew ? HISTORY_MS : WINDOW_MS)
    const parts = await Promise.all(
      inBatches(asked, AT_ONCE).map((batch) => readFigures(batch, nowMs, startMs)),
    )
    const hole = parts.find((part) => part.hole)?.hole ?? null
    if (hole) return hole
    const figures = figuresByPair(
      asked,
      parts.flatMap((part) => part.items),
    )
    const look = { nowMs, lastLookMs: lookedAtMs, isLive: kind === 'local' }
    for (const pair of pairs) {
      const memory = readPair(pair, figures.get(pair.key) ?? new Map(), memories.get(pair.key), look)
      if (memory) memories.set(pair.key, memory)
    }
    return null
  }

  async function lookOnce() {
    const nowMs = time.now()
    nextMs = nowMs + EVERY_MS[kind]
    let hole = await listPairs(nowMs)
    const asked = queriesOf(pairs)
    if (!hole && asked.length > 0) hole = await readAll(nowMs, asked)
    if (hole) {
      nextMs = nowMs + (isPassing(hole) ? EVERY_MS[kind] * 2 : RETRY_MS[kind])
      if (!isPassing(hole)) {
        memories.clear()
        listedAtMs = null
      }
      reading = {
        traffic: isPassing(hole) ? reading.traffic : [],
        readAtMs: isPassing(hole) ? reading.readAtMs : null,
        holes: [hole],
      }
      return
    }
    lookedAtMs = nowMs
    // Twice as many metrics, half as often: what a console costs is bounded.
    nextMs = nowMs + EVERY_MS[kind] * Math.max(1, Math.ceil(asked.length / AT_ONCE))
    reading = {
      traffic: [...memories.values()].map((memory) => memory.traffic),
      readAtMs: nowMs,
      holes: [],
    }
  }

  return {
    known: () => reading,
    look(services) {
      if (looking) return looking
      if (time.now() < nextMs) return Promise.resolve()
      if (reading.traffic.length === 0 && !services.some(usesConnect)) {
        reading = { traffic: [], readAtMs: null, holes: [] }
        return Promise.resolve()
      }
      looking = lookOnce()
        .catch((error: unknown) => {
          // An endpoint that answers something else altogether.
          const asked = { operation: 'cloudwatch:GetMetricData', subject: null }
          reading = { ...reading, holes: [holeFromError(error, asked, settings, time.now())] }
        })
        .finally(() => {
          looking = null
        })
      return looking
    },
  }
}

/** Answers put back to what they were asked for; a series told in several pages is joined. */
function figuresByPair(
  asked: readonly Asked[],
  results: readonly MetricDataResult[],
): ReadonlyMap<string, Figures> {
  const byId = new Map(asked.map((one) => [one.query.Id, one]))
  const figures = new Map<string, Map<Figure, Map<number, number>>>()
  for (const result of results) {
    const one = byId.get(text(result.Id))
    if (!one) continue
    const ofPair = figures.get(one.pair.key) ?? new Map<Figure, Map<number, number>>()
    figures.set(one.pair.key, ofPair)
    const values = ofPair.get(one.figure) ?? new Map<number, number>()
    ofPair.set(one.figure, values)
    result.Timestamps?.forEach((at, index) => {
      const value = result.Values?.[index]
      if (at instanceof Date && typeof value === 'number') values.set(at.getTime(), value)
    })
  }
  return figures
}
