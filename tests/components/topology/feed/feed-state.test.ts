import { describe, expect, it } from 'vitest'
import {
  type FeedSignal,
  type FeedState,
  firstFeedState,
  nextFeedState,
} from '@/components/topology/feed/feed-state'
import { judgeFreshness } from '@/components/topology/feed/freshness'
import { readRefusal } from '@/components/topology/feed/refusal'
import type { Hole } from '@/lib/inventory/model'
import { localTarget } from '../../../support/topology-fixtures'

const failure: Hole = {
  operation: 'reading the map',
  subject: null,
  kind: 'unreachable',
  errorName: 'ECONNREFUSED',
  message: 'Nothing answers.',
  remedy: 'Start it.',
  sinceMs: 0,
}
const hear = (...signals: FeedSignal[]): FeedState => signals.reduce(nextFeedState, firstFeedState)
const status = (
  readAtMs: number | null,
  more: { intervalMs?: number; failure?: Hole | null } = {},
): FeedSignal => ({
  kind: 'status',
  status: { readAtMs, intervalMs: 1000, failure: null, target: localTarget, ...more },
})
const opened: FeedSignal = { kind: 'opened' }
const broke = (atMs: number, refusal?: string): FeedSignal => ({
  kind: 'broke',
  atMs,
  ...(refusal ? { refusal } : {}),
})

describe('nextFeedState', () => {
  it('remembers the newest reading, whoever told it', () => {
    expect(hear({ kind: 'reading', readAtMs: 10 }, status(8)).readAtMs).toBe(10)
    expect(hear({ kind: 'reading', readAtMs: 10 }, status(12)).readAtMs).toBe(12)
    expect(hear({ kind: 'reading', readAtMs: 10 }, status(null)).readAtMs).toBe(10)
  })
  it('remembers when the trouble began, not its last sign', () =>
    expect(hear(opened, broke(100), broke(900)).brokenAtMs).toBe(100))
  it('forgets the trouble once the stream stands again', () =>
    expect(hear(broke(100, 'no'), opened)).toMatchObject({
      connection: 'open',
      brokenAtMs: null,
      refusal: null,
    }))
  it('keeps the reason when a later sign has none', () =>
    expect(hear(broke(1, 'expired'), broke(2)).refusal).toBe('expired'))
})

describe('judgeFreshness', () => {
  it('is connecting before anything was heard', () =>
    expect(judgeFreshness(firstFeedState, 0)).toEqual({ kind: 'connecting', ageMs: null }))
  it('is live with its age', () =>
    expect(judgeFreshness(hear(opened, status(1000)), 1800)).toEqual({ kind: 'live', ageMs: 800 }))
  it('has no negative age when clocks differ', () =>
    expect(judgeFreshness(hear(opened, status(9000)), 1000)).toEqual({ kind: 'live', ageMs: 0 }))
  it('is stale when readings stay away', () =>
    expect(judgeFreshness(hear(opened, status(0)), 5001)).toEqual({ kind: 'stale', ageMs: 5001 }))
  it('waits longer where readings are rarer', () => {
    const slow = hear(opened, status(0, { intervalMs: 10_000 }))
    expect(judgeFreshness(slow, 39_000).kind).toBe('live')
    expect(judgeFreshness(slow, 40_001).kind).toBe('stale')
  })
  it('gives a cut a few seconds before it calls it a failure', () => {
    const cut = hear(opened, status(0), broke(1000))
    expect(judgeFreshness(cut, 6999)).toEqual({ kind: 'reconnecting', ageMs: 6999 })
    expect(judgeFreshness(cut, 7000)).toMatchObject({
      kind: 'failed',
      ageMs: 7000,
      failure: { errorName: 'ConsoleUnreachable' },
    })
  })
  it('says at once why the console refused', () =>
    expect(judgeFreshness(hear(broke(0, 'no session')), 1)).toMatchObject({
      kind: 'failed',
      ageMs: null,
      failure: { errorName: 'StreamRefused', message: 'The console refused the live stream: no session' },
    }))
  it('says why AWS could not be read, and how old the map is', () =>
    expect(judgeFreshness(hear(opened, status(1000, { failure })), 43_000)).toEqual({
      kind: 'failed',
      ageMs: 42_000,
      failure,
    }))
  it('is live again after the failure', () =>
    expect(judgeFreshness(hear(opened, status(0, { failure }), status(1000)), 1500).kind).toBe('live'))
})

describe('readRefusal', () => {
  it('takes the console’s own sentence', () =>
    expect(
      readRefusal(401, 'Unauthorized', '{"code":"NoSession","message":"Open the printed address."}'),
    ).toBe('Open the printed address.'))
  it('takes it from inside an error too', () =>
    expect(readRefusal(403, 'Forbidden', '{"error":{"message":"Viewers may not."}}')).toBe(
      'Viewers may not.',
    ))
  it.each(['<html>Bad gateway</html>', '', 'null', '"text"', '{"message":""}', '{"message":7}', '[]'])(
    'falls back to the status line for %s',
    (body) => expect(readRefusal(502, 'Bad Gateway', body)).toBe('502 Bad Gateway'),
  )
})
