import { describe, expect, it } from 'vitest'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import {
  addVerified,
  MOST_VERIFIED,
  stillVerified,
  type VerifiedCall,
  withVerified as withVerifiedAt,
} from '@/lib/topology/verified'
import { makeRichTopology } from '../../support/topology-fixtures'

const topology = makeRichTopology()
const [drawn] = topology.edges
if (!drawn) throw new Error('The fixture has no line.')
const unjoined = topology.services.flatMap((source) =>
  topology.services
    .filter(
      (target) => target !== source && !topology.edges.some(({ id }) => id === `${source.id}->${target.id}`),
    )
    .map((target): readonly [ServiceNode, ServiceNode] => [source, target]),
)

const call = (more: Partial<VerifiedCall> = {}): VerifiedCall => ({
  source: drawn.source,
  target: drawn.target,
  instanceId: 'instance/a',
  atMs: 1_000,
  latencyMs: 3,
  ...more,
})
const minuteMs = 60_000
const withVerified = (of: Topology, calls: readonly VerifiedCall[], nowMs = 2_000) =>
  withVerifiedAt(of, calls, nowMs)
const evidence = { kind: 'verified', instanceId: 'instance/a', atMs: 1_000, latencyMs: 3, isRecent: true }

describe('what calls from inside tasks have proved', () => {
  it('is nothing where none was made: the map is the same object', () => {
    expect(withVerified(topology, [])).toBe(topology)
  })

  it('stands on the line between caller and callee, after what was known before', () => {
    const line = withVerified(topology, [call()]).edges.find(({ id }) => id === drawn.id)
    expect(line).toEqual({ ...drawn, evidence: [...drawn.evidence, evidence] })
  })

  it('leaves every other line as it was, by reference', () => {
    const before = topology.edges.filter(({ id }) => id !== drawn.id)
    const after = withVerified(topology, [call()]).edges.filter(({ id }) => id !== drawn.id)
    expect(after).toHaveLength(before.length)
    after.forEach((edge, at) => {
      expect(edge).toBe(before[at])
    })
  })

  it('is a line where nothing declared one, in its place by id', () => {
    const [pair] = unjoined
    if (!pair) throw new Error('The fixture joins all services.')
    const [source, target] = pair
    const { edges } = withVerified(topology, [call({ source: source.id, target: target.id })])
    expect(edges.find(({ id }) => id === `${source.id}->${target.id}`)).toMatchObject({
      source: source.id,
      target: target.id,
      evidence: [evidence],
      problem: null,
    })
    expect(edges.map(({ id }) => id)).toEqual(edges.map(({ id }) => id).toSorted())
  })

  it('says nothing about services that have left the map', () => {
    expect(withVerified(topology, [call({ source: 'service/default/gone' })])).toBe(topology)
    expect(withVerified(topology, [call({ target: 'service/default/gone' })])).toBe(topology)
  })

  it('does not take a problem away: another name than the one that was called may be wrong', () => {
    const broken = {
      ...topology,
      edges: topology.edges.map((edge) => ({ ...edge, problem: 'No such name.' })),
    }
    const line = withVerified(broken, [call()]).edges.find(({ id }) => id === drawn.id)
    expect(line?.problem).toBe('No such name.')
  })

  it('is the last of several calls between the same two', () => {
    const { edges } = withVerified(topology, [call(), call({ atMs: 2_000, latencyMs: 5 })])
    expect(
      edges.find(({ id }) => id === drawn.id)?.evidence.filter(({ kind }) => kind === 'verified'),
    ).toEqual([{ ...evidence, atMs: 2_000, latencyMs: 5 }])
  })

  it('fades after ten minutes and is gone after an hour', () => {
    const seen = (nowMs: number) =>
      withVerified(topology, [call()], nowMs).edges.flatMap((edge) =>
        edge.id === drawn.id ? edge.evidence.filter(({ kind }) => kind === 'verified') : [],
      )
    expect(seen(1_000 + 10 * minuteMs - 1)).toEqual([evidence])
    expect(seen(1_000 + 10 * minuteMs)).toEqual([{ ...evidence, isRecent: false }])
    expect(seen(1_000 + 60 * minuteMs - 1)).toEqual([{ ...evidence, isRecent: false }])
    expect(withVerified(topology, [call()], 1_000 + 60 * minuteMs)).toBe(topology)
  })
})

describe('the calls that still count', () => {
  const old = call({ source: 'service/old' })
  const young = call({ source: 'service/young', atMs: 30 * minuteMs })

  it('are the same list while none is too old', () => {
    const calls = [old, young]
    expect(stillVerified(calls, 60 * minuteMs)).toBe(calls)
  })
  it('are without those of an hour ago', () =>
    expect(stillVerified([old, young], 61 * minuteMs)).toEqual([young]))
  it('are without those of a clock that goes far ahead', () =>
    expect(stillVerified([call({ atMs: 120 * minuteMs })], minuteMs)).toEqual([]))
})

describe('one more call', () => {
  it('takes the place of the last one between the same two', () => {
    const other = call({ target: 'service/other' })
    const newer = call({ atMs: 2_000 })
    expect(addVerified([call(), other], newer)).toEqual([other, newer])
  })
  it('drops the oldest when there are too many', () => {
    const many = Array.from({ length: MOST_VERIFIED }, (_, at) => call({ source: `service/${at}` }))
    const kept = addVerified(many, call({ source: 'service/new' }))
    expect(kept).toHaveLength(MOST_VERIFIED)
    expect(kept[0]?.source).toBe('service/1')
    expect(kept.at(-1)?.source).toBe('service/new')
  })
})
