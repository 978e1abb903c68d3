import type { EdgeTraffic } from './model'
import type { Figure, Pair } from './traffic-queries'

const MINUTE_MS = 60_000

/** Values by figure and by the start of their minute in epoch milliseconds. */
export type Figures = ReadonlyMap<Figure, ReadonlyMap<number, number>>

/** What was known of a pair after a look; the next look goes on from it. */
export type PairMemory = {
  readonly traffic: EdgeTraffic
  /** Calls (or bytes) known of each minute, so that what is new can be told from what was counted before. */
  readonly counted: ReadonlyMap<number, number>
  /** How many there had been in all at some moments of the last minute, oldest first. */
  readonly totals: readonly { readonly atMs: number; readonly total: number }[]
}

export type Look = {
  readonly nowMs: number
  /** When it was looked before; null: never. */
  readonly lastLookMs: number | null
  /** true: the minute under way is told as well (the local cloud); AWS tells a minute some time after it is over. */
  readonly isLive: boolean
}

/** A rate is reckoned over about this long, so that a steady stream shows a steady figure. */
const RATE_OVER_MS = 30_000
/** AWS may tell a minute late: the newest whole one counts if it is not older than this. */
const FRESH_MS = 5 * MINUTE_MS

/** Nobody counts more in a minute; sums of what is beyond would be no numbers any more. */
const MOST = 1e15

const callFigures = ['ok', 'redirected', 'refused', 'failed', 'answered', 'called'] as const

const minutesOf = (figures: Figures, names: readonly Figure[]): ReadonlyMap<number, number> => {
  const sums = new Map<number, number>()
  for (const name of names)
    for (const [minute, value] of figures.get(name) ?? [])
      if (value >= 0 && value <= MOST) sums.set(minute, (sums.get(minute) ?? 0) + value)
  return sums
}

const sumIn = (minutes: ReadonlyMap<number, number>, which: (minute: number) => boolean) =>
  [...minutes].reduce((sum, [minute, value]) => (which(minute) ? sum + value : sum), 0)

function newest(minutes: ReadonlyMap<number, number> | undefined, which: (minute: number) => boolean) {
  let found: number | null = null
  for (const minute of minutes?.keys() ?? [])
    if (which(minute) && (found === null || minute > found)) found = minute
  return found === null ? null : (minutes?.get(found) ?? null)
}

/** How many came since the last look; what was there at the first look came at some time before it. */
function sinceLast(now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): number {
  let more = 0
  for (const [minute, value] of now) more += Math.max(0, value - (before.get(minute) ?? 0))
  return more
}

function liveRate(totals: PairMemory['totals'], nowMs: number): number {
  const [first] = totals
  const last = totals.at(-1)
  if (!first || !last || nowMs <= first.atMs) return 0
  return ((last.total - first.total) * 1_000) / (nowMs - first.atMs)
}

function nextTotals(
  memory: PairMemory | undefined,
  counts: ReadonlyMap<number, number>,
  { nowMs, lastLookMs }: Look,
): PairMemory['totals'] {
  const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const last = memory?.totals.at(-1)
  // Nobody looked for a while: what came meanwhile says nothing of now.
  if (!memory || !last || nowMs - last.atMs > MINUTE_MS) {
    // Nothing of it was there at the last look, so all came since; else the minute under way is all that is known.
    const isNew =
      !memory && lastLookMs !== null && sumIn(counts, (minute) => minute + MINUTE_MS <= lastLookMs) === 0
    const sinceMs = isNew ? Math.max(lastLookMs, nowMs - RATE_OVER_MS) : Math.min(minuteMs, nowMs - 5_000)
    const total = isNew ? sumIn(counts, () => true) : sumIn(counts, (minute) => minute >= minuteMs)
    return [
      { atMs: sinceMs, total: 0 },
      { atMs: nowMs, total },
    ]
  }
  const total = last.total + sinceLast(counts, memory.counted)
  const all = [...memory.totals, { atMs: nowMs, total }]
  // The newest that is old enough is where the rate begins; older ones tell of long ago.
  const start = all.findLastIndex(({ atMs }) => nowMs - atMs >= RATE_OVER_MS)
  return start <= 0 ? all : all.slice(start)
}

/** The minute that stands for now at AWS: the newest whole one with a value; null when there is none of late. */
function wholeMinute(counts: ReadonlyMap<number, number>, nowMs: number): number | null {
  let found: number | null = null
  for (const minute of counts.keys())
    if (
      minute + MINUTE_MS <= nowMs &&
      nowMs - minute - MINUTE_MS <= FRESH_MS &&
      (found === null || minute > found)
    )
      found = minute
  return found
}

/** The counts of one look as what the map tells of a pair. Pure: what it has to remember it gives back. */
export function readPair(
  pair: Pair,
  figures: Figures,
  memory: PairMemory | undefined,
  look: Look,
): PairMemory | null {
  const { nowMs, isLive } = look
  const calls = minutesOf(figures, callFigures)
  const bytes = minutesOf(figures, ['bytes'])
  const counts = bytes.size > 0 ? bytes : calls
  const busy = [...counts].filter(([, value]) => value > 0).map(([minute]) => minute)
  if (busy.length === 0 && !memory) return null

  const totals = nextTotals(memory, counts, look)
  const whole = wholeMinute(counts, nowMs)
  const rate = isLive ? liveRate(totals, nowMs) : whole === null ? 0 : (counts.get(whole) ?? 0) / 60
  const isRecent = isLive
    ? (minute: number) => nowMs - minute < 2 * MINUTE_MS
    : (minute: number) => minute === whole
  const statuses = minutesOf(figures, ['ok', 'redirected', 'refused', 'failed'])
  const answered = sumIn(statuses, isRecent)
  const failed = sumIn(minutesOf(figures, ['failed']), isRecent)
  const speaks = rate > 0
  const came = isLive && memory ? sinceLast(counts, memory.counted) > 0 : busy.length > 0
  const newestBusyMs = busy.length > 0 ? Math.max(...busy) : 0
  // A whole minute's traffic came by its end; of the minute under way it is known until now.
  const lastMs = Math.min(nowMs, newestBusyMs + MINUTE_MS)
  const { clusterName, serviceName, targetDiscoveryName } = pair
  return {
    traffic: {
      clusterName,
      serviceName,
      targetDiscoveryName,
      requestsPerSecond: bytes.size > 0 ? 0 : rate,
      bytesPerSecond: bytes.size > 0 ? rate : null,
      errorShare: speaks && answered > 0 ? failed / answered : null,
      p50Ms: speaks ? newest(figures.get('p50'), isRecent) : null,
      p95Ms: speaks ? newest(figures.get('p95'), isRecent) : null,
      firstSeenMs: memory?.traffic.firstSeenMs ?? Math.min(...busy, nowMs),
      lastSeenMs: came
        ? isLive && memory
          ? nowMs
          : Math.max(memory?.traffic.lastSeenMs ?? 0, lastMs)
        : (memory?.traffic.lastSeenMs ?? lastMs),
    },
    counted: counts,
    totals,
  }
}
