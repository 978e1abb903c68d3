import { describe, expect, it } from 'vitest'
import {
  describeEvidence,
  evidenceSentence,
  trafficLabel,
  wireLabel,
} from '@/components/topology/evidence-words'
import {
  formatBytesRate,
  formatMs,
  formatRate,
  formatShare,
  isTroubled,
  readObserved,
  strokeOf,
} from '@/components/topology/observed'
import type { Edge, Evidence } from '@/lib/topology/model'
import { makeEdge, makeService } from '../../support/topology-fixtures'

type Piece = Extract<Evidence, { kind: 'observed' }>
const AT = new Date(2030, 0, 1, 14, 32).getTime()
const piece = (more: Partial<Piece> = {}): Piece => ({
  kind: 'observed',
  discoveryName: 'users',
  requestsPerSecond: 12,
  bytesPerSecond: null,
  errorShare: 0,
  p50Ms: 4,
  p95Ms: 20,
  sinceMs: AT - 60_000,
  lastSeenMs: AT,
  ...more,
})
const declared = makeEdge(makeService('web'), makeService('users'))
const edge = (...pieces: Partial<Piece>[]): Edge => ({
  ...declared,
  evidence: [...declared.evidence, ...pieces.map(piece)],
})
const seen = (...pieces: Partial<Piece>[]) => {
  const observed = readObserved(edge(...pieces))
  if (!observed) throw new Error('not observed')
  return observed
}
const silent = { requestsPerSecond: 0, bytesPerSecond: null, errorShare: null, p50Ms: null, p95Ms: null }
const bytes = { requestsPerSecond: 0, bytesPerSecond: 2_400, errorShare: null, p50Ms: null, p95Ms: null }

describe('what was observed on a line', () => {
  it('is nothing when nothing was counted', () => expect(readObserved(declared)).toBeNull())

  it('is live while calls or bytes are counted', () => {
    expect(seen({}).isLive).toBe(true)
    expect(seen(bytes).isLive).toBe(true)
    expect(seen(silent).isLive).toBe(false)
  })

  it('adds several endpoints of one service up, each error by its weight', () => {
    const both = seen(
      { requestsPerSecond: 30, errorShare: 0, p50Ms: 2, sinceMs: 5, lastSeenMs: 7 },
      { requestsPerSecond: 10, errorShare: 0.4, p50Ms: 9, sinceMs: 6, lastSeenMs: 8 },
    )
    expect(both).toMatchObject({
      requestsPerSecond: 40,
      errorShare: 0.1,
      p50Ms: 9,
      sinceMs: 5,
      lastSeenMs: 8,
    })
  })

  it.each([
    [0, false],
    [0.009, false],
    [0.01, true],
    [1, true],
    [null, false],
  ])('with an error share of %j is trouble: %j', (errorShare, troubled) =>
    expect(isTroubled(seen({ errorShare }))).toBe(troubled),
  )

  it('is no trouble once it is silent', () =>
    expect(isTroubled(seen({ ...silent, errorShare: 1 }))).toBe(false))
})

describe('how thick a line is', () => {
  it('is thin without traffic', () => {
    expect(strokeOf(null)).toBe(1.5)
    expect(strokeOf(seen(silent))).toBe(1.5)
  })
  it('grows with traffic, up to a bound', () => {
    const widths = [0.1, 1, 12, 150, 2_000, 1e9].map((requestsPerSecond) =>
      strokeOf(seen({ requestsPerSecond })),
    )
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
    expect(new Set(widths.slice(0, 5)).size).toBe(5)
    expect(widths.at(-1)).toBe(5)
  })
  it('counts bytes of plain TCP too', () => expect(strokeOf(seen(bytes))).toBeGreaterThan(1.5))
})

describe('figures', () => {
  it.each([
    [0, '0/s'],
    [0.02, '1.2/min'],
    [0.43, '0.43/s'],
    [1, '1/s'],
    [9.96, '10/s'],
    [12.4, '12/s'],
    [1_234, '1,234/s'],
  ])('a rate of %d is %s', (rate, text) => expect(formatRate(rate)).toBe(text))

  it.each([
    [0.5, '0.5 B/s'],
    [12, '12 B/s'],
    [2_400, '2.4 kB/s'],
    [5_000_000, '5 MB/s'],
    [7e12, '7,000 GB/s'],
  ])('%d bytes a second are %s', (rate, text) => expect(formatBytesRate(rate)).toBe(text))

  it.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.004, '0.4 %'],
    [0.25, '25 %'],
    [0.9999, '> 99 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(formatShare(share)).toBe(text))

  it.each([
    [0.4, '0.4 ms'],
    [4, '4 ms'],
    [123.4, '123 ms'],
    [2_450, '2.5 s'],
  ])('%d ms are %s', (ms, text) => expect(formatMs(ms)).toBe(text))
})

describe('the words of a line with traffic', () => {
  it.each([
    [{}, '12/s · 4 ms'],
    [{ p50Ms: null }, '12/s'],
    [{ p50Ms: 4.4 }, '12/s · 4 ms'],
    [{ p50Ms: 0.4 }, '12/s'],
    [{ requestsPerSecond: 1_234, p50Ms: 12 }, '1.2k/s'],
    [{ errorShare: 0.25 }, '25 % failed'],
    [bytes, '2.4 kB/s'],
    [silent, 'seen 14:32'],
  ])('%j is labelled %s', (more, text) => {
    expect(trafficLabel(seen(more))).toBe(text)
    expect(wireLabel(edge(more))).toBe(text)
  })

  it('say first that it cannot work', () =>
    expect(wireLabel({ ...edge({}), problem: 'x' })).toBe('cannot reach'))

  it.each([
    [{}, 'observed, 12/s, 0 % failed, half within 4 ms'],
    [{ errorShare: 0.25 }, 'observed, 12/s, 25 % failed, half within 4 ms'],
    [bytes, 'observed, 2.4 kB/s'],
    [silent, 'observed, silent since 14:32'],
  ])('%j is spoken: %s', (more, text) =>
    expect(describeEvidence(edge(more), ['web', 'users'])).toBe(
      `Connection from web to users, ${text}, declared by USERS_URL`,
    ),
  )

  it('say how it is known', () => {
    expect(evidenceSentence(piece())).toBe("CloudWatch counts what goes through the caller's proxy to users.")
    expect(evidenceSentence({ kind: 'alias', alias: 'user-svc', port: 80 })).toBe(
      'Service Connect resolves user-svc for its tasks, at port 80.',
    )
  })
})
