import type { Edge, Evidence } from '@/lib/topology/model'

type Piece = Extract<Evidence, { kind: 'observed' }>

/** All traffic of a line together: it may lead to several endpoints of one service. */
export type Observed = Pick<
  Piece,
  'requestsPerSecond' | 'bytesPerSecond' | 'errorShare' | 'p50Ms' | 'p95Ms'
> & {
  readonly sinceMs: number
  readonly lastSeenMs: number
  /** false: nothing was counted of late. */
  readonly isLive: boolean
}

const greatest = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

/** null: nothing was ever counted on this line. Of response times the slowest endpoint's are told. */
export function readObserved(edge: Edge): Observed | null {
  const pieces = edge.evidence.filter((one) => one.kind === 'observed')
  if (pieces.length === 0) return null
  const requestsPerSecond = pieces.reduce((sum, one) => sum + one.requestsPerSecond, 0)
  const bytes = pieces.map((one) => one.bytesPerSecond).filter((value) => value !== null)
  const bytesPerSecond = bytes.length > 0 ? bytes.reduce((sum, value) => sum + value, 0) : null
  const told = pieces.filter((one) => one.errorShare !== null)
  const answered = told.reduce((sum, one) => sum + one.requestsPerSecond, 0)
  const failed = told.reduce((sum, one) => sum + one.requestsPerSecond * (one.errorShare ?? 0), 0)
  return {
    requestsPerSecond,
    bytesPerSecond,
    errorShare: told.length === 0 ? null : answered > 0 ? failed / answered : 0,
    p50Ms: greatest(pieces.map((one) => one.p50Ms)),
    p95Ms: greatest(pieces.map((one) => one.p95Ms)),
    sinceMs: Math.min(...pieces.map((one) => one.sinceMs)),
    lastSeenMs: Math.max(...pieces.map((one) => one.lastSeenMs)),
    isLive: requestsPerSecond > 0 || (bytesPerSecond ?? 0) > 0,
  }
}

/** More failures than this are worth a colour. */
const TROUBLED = 0.01

export const isTroubled = (seen: Observed): boolean => seen.isLive && (seen.errorShare ?? 0) >= TROUBLED

/** `12/s`, `0.4/s`, `1,200/s`; slower than one in ten seconds by the minute. */
export function formatRate(perSecond: number): string {
  if (perSecond <= 0) return '0/s'
  if (perSecond < 0.1) return `${few(perSecond * 60)}/min`
  return `${few(perSecond)}/s`
}

/** The same, shorter from a thousand on: `1.2k/s`. */
export const briefRate = (perSecond: number): string =>
  perSecond >= 1_000 ? `${few(perSecond / 1_000)}k/s` : formatRate(perSecond)

/** `2.4 kB/s`. */
export function formatBytesRate(perSecond: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const step = perSecond < 1 ? 0 : Math.min(3, Math.floor(Math.log10(perSecond) / 3))
  return `${few(perSecond / 1_000 ** step)} ${units[step]}/s`
}

/** `0 %`, `0.4 %`, `25 %`; never 0 for something, never 100 for less than all. */
export function formatShare(share: number): string {
  if (share <= 0) return '0 %'
  const percent = share * 100
  if (percent < 0.1) return '< 0.1 %'
  if (share < 1 && percent >= 99.5) return '> 99 %'
  return `${few(percent)} %`
}

/** Two digits are all that a figure which moves can say. */
const few = (value: number) =>
  value >= 10 ? Math.round(value).toLocaleString('en') : String(Number(value.toFixed(value < 1 ? 2 : 1)))

export const formatMs = (ms: number): string => (ms < 1_000 ? `${few(ms)} ms` : `${few(ms / 1_000)} s`)

/** As short as it goes, for a label between two cards. */
export const briefMs = (ms: number): string => (ms >= 1 && ms < 1_000 ? `${Math.round(ms)} ms` : formatMs(ms))

/** How thick a line is: it grows with the order of magnitude, from 1.5 up to 5. */
export function strokeOf(seen: Observed | null): number {
  if (!seen?.isLive) return 1.5
  const weight = Math.max(seen.requestsPerSecond, (seen.bytesPerSecond ?? 0) / 1_000)
  return Math.min(5, 1.75 + Math.log10(1 + weight))
}
