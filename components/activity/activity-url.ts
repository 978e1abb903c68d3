import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import type { ActivityFilter } from '@/lib/activity/entry'

export const results = ['done', 'failed', 'unknown', 'intended'] as const
export const spans = ['hour', 'day', 'week', 'all'] as const
export type Span = (typeof spans)[number]

/** What one looks at, in the address: a link shows a colleague the same entries. */
export const activityUrl = {
  text: parseAsString.withDefault(''),
  result: parseAsStringLiteral(results),
  span: parseAsStringLiteral(spans).withDefault('all'),
  run: parseAsString,
  /** Entries older than this number: the page. */
  before: parseAsInteger,
}

export type ActivityLook = {
  readonly text: string
  readonly result: ActivityFilter['result']
  readonly span: Span
  readonly run: string | null
  readonly before: number | null
}

const hourMs = 3_600_000
const spanMs: Readonly<Record<Span, number | null>> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  all: null,
}

/** Enough for a screen and a half. */
export const pageSize = 50

/** The question to the console. */
export function activityQuery(look: ActivityLook, nowMs: number): string {
  const query = new URLSearchParams({ limit: String(pageSize) })
  if (look.text.trim() !== '') query.set('text', look.text.trim())
  if (look.result !== null) query.set('result', look.result)
  const back = spanMs[look.span]
  if (back !== null) query.set('fromMs', String(nowMs - back))
  if (look.run !== null) query.set('runId', look.run)
  if (look.before !== null) query.set('beforeSeq', String(look.before))
  return query.toString()
}

export const isFiltered = ({ text, result, span, run }: ActivityLook): boolean =>
  text.trim() !== '' || result !== null || span !== 'all' || run !== null
