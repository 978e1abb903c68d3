import { percentile } from './percentile'
import type { AttemptFinished, ErrorKind, RunCounts, TripEvent } from './trip'

/** How many attempts went to one instance. `ok + failed` is all of them. */
export type Share = {
  /** The instance's node id, or the address when the map has no such instance; `nobody` when nothing was called. */
  readonly key: string
  readonly instanceId: string | null
  readonly taskId: string | null
  readonly address: string | null
  readonly port: number | null
  readonly ok: number
  readonly failed: number
}

/** A run so far: the same reducer makes the server's summary and the browser's bars. */
export type Spread = {
  readonly asked: number
  readonly ok: number
  readonly failed: number
  readonly answered: number
  readonly shares: readonly Share[]
  readonly byErrorKind: Readonly<Partial<Record<ErrorKind, number>>>
  /** Of answered attempts, ascending, in ms. */
  readonly latenciesMs: readonly number[]
  /** Attempts whose own hostname named another instance than the one called. */
  readonly contradictions: number
  readonly finished: boolean
}

export const emptySpread: Spread = {
  asked: 0,
  ok: 0,
  failed: 0,
  answered: 0,
  shares: [],
  byErrorKind: {},
  latenciesMs: [],
  contradictions: 0,
  finished: false,
}

const shareKey = (attempt: AttemptFinished): string =>
  attempt.instanceId ?? (attempt.address === null ? 'nobody' : `${attempt.address}:${attempt.port}`)

/** By address as a person counts (`.9` before `.10`), nobody last, so that bars keep their places while the run goes on. */
const byPlace = (a: Share, b: Share): number => {
  if (a.address === null || b.address === null) return Number(a.address === null) - Number(b.address === null)
  return a.address.localeCompare(b.address, 'en', { numeric: true }) || (a.key < b.key ? -1 : 1)
}

const withAttempt = (shares: readonly Share[], attempt: AttemptFinished): readonly Share[] => {
  const key = shareKey(attempt)
  const ok = attempt.errorKind === null ? 1 : 0
  const known = shares.find((share) => share.key === key)
  if (known) {
    const grown = { ...known, ok: known.ok + ok, failed: known.failed + 1 - ok }
    return shares.map((share) => (share === known ? grown : share))
  }
  const { instanceId, taskId, address, port } = attempt
  const fresh: Share = { key, instanceId, taskId, address, port, ok, failed: 1 - ok }
  return [...shares, fresh].sort(byPlace)
}

const insertAscending = (values: readonly number[], value: number): readonly number[] => {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return [...values.slice(0, low), value, ...values.slice(low)]
}

const addAttempt = (spread: Spread, attempt: AttemptFinished): Spread => {
  const failed = attempt.errorKind !== null
  return {
    ...spread,
    ok: spread.ok + (failed ? 0 : 1),
    failed: spread.failed + (failed ? 1 : 0),
    answered: spread.answered + (attempt.status === null ? 0 : 1),
    shares: withAttempt(spread.shares, attempt),
    byErrorKind:
      attempt.errorKind === null
        ? spread.byErrorKind
        : { ...spread.byErrorKind, [attempt.errorKind]: (spread.byErrorKind[attempt.errorKind] ?? 0) + 1 },
    latenciesMs:
      attempt.status === null ? spread.latenciesMs : insertAscending(spread.latenciesMs, attempt.latencyMs),
    contradictions: spread.contradictions + (attempt.confirmedByHostname === false ? 1 : 0),
  }
}

/** The next state of a run; a new run starts from nothing. Steps and bodies change no figure. */
export const addEvent = (spread: Spread, event: TripEvent): Spread => {
  if (event.type === 'run-started') return { ...emptySpread, asked: event.count }
  if (event.type === 'attempt') return addAttempt(spread, event)
  if (event.type === 'run-finished') return { ...spread, finished: true }
  return spread
}

/** Latencies of the answered attempts, in ms; null before the first answer. */
export const latencyPercentiles = (spread: Spread) => ({
  p50: percentile(spread.latenciesMs, 0.5),
  p95: percentile(spread.latenciesMs, 0.95),
  p99: percentile(spread.latenciesMs, 0.99),
})

/** The closing figures of a run; they add up: `asked = ok + failed + notMade`, `Σ byInstance = ok + failed`. */
export const toCounts = (spread: Spread): RunCounts => ({
  asked: spread.asked,
  ok: spread.ok,
  failed: spread.failed,
  answered: spread.answered,
  notMade: spread.asked - spread.ok - spread.failed,
  byInstance: Object.fromEntries(spread.shares.map((share) => [share.key, share.ok + share.failed])),
  byErrorKind: spread.byErrorKind,
})
