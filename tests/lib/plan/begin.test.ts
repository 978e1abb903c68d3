import { describe, expect, it } from 'vitest'
import { mergeSeen } from '@/lib/plan/begin'
import type { Facts, Seen } from '@/lib/plan/seen'

const web = (facts: Facts | null): Seen => ({
  subject: { kind: 'service', cluster: 'shop', service: 'web' },
  facts,
})
const shop = (facts: Facts | null): Seen => ({ subject: { kind: 'cluster', cluster: 'shop' }, facts })

describe('what was seen when a run begins', () => {
  it.each<[string, readonly Seen[], readonly Seen[], readonly Seen[]]>([
    ['nothing', [], [], []],
    ['what the plan has looked at', [], [web({ desiredCount: 2 })], [web({ desiredCount: 2 })]],
    [
      'what the person saw, even when it is older',
      [web({ desiredCount: 1 })],
      [web({ desiredCount: 2 })],
      [web({ desiredCount: 1 })],
    ],
    ['what the person saw was not there', [web(null)], [web({ desiredCount: 2 })], [web(null)]],
    ['both, where they are about different things', [web({})], [shop({})], [web({}), shop({})]],
  ])('is %s', (_what, onScreen, ofPlan, wanted) => {
    expect(mergeSeen(onScreen, ofPlan)).toEqual(wanted)
  })

  it('knows a thing again, however its subject is written', () => {
    const turned: Seen = { subject: { service: 'web', cluster: 'shop', kind: 'service' }, facts: { a: 1 } }
    expect(mergeSeen([turned], [web({ a: 2 })])).toEqual([turned])
  })

  it('takes a service and a cluster of the same name for two things', () => {
    const service: Seen = { subject: { kind: 'service', cluster: 'shop', service: 'shop' }, facts: {} }
    expect(mergeSeen([shop({})], [service])).toHaveLength(2)
  })
})
