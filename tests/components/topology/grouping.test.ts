import { describe, expect, it } from 'vitest'
import { buildGroups, namespaceKind } from '@/components/topology/grouping'
import { makeRichTopology, makeTopology } from '../../support/topology-fixtures'

const topology = makeRichTopology()

describe('buildGroups', () => {
  it('has a frame per namespace by name, empty ones too, and what stands outside last', () =>
    expect(buildGroups(topology, 'namespace').map(({ title, kind }) => [title, kind])).toEqual([
      ['media.internal', 'namespace'],
      ['production.local', 'namespace'],
      ['staging.local', 'namespace'],
      ['not in a namespace', 'outside'],
    ]))
  it('counts instances', () =>
    expect(
      buildGroups(topology, 'namespace').find((group) => group.title === 'media.internal')?.instanceCount,
    ).toBe(41))
  it('keeps the outside of namespaces apart from the outside of clusters, so that places are not mixed up', () => {
    const ids = (by: 'namespace' | 'cluster') => buildGroups(topology, by).at(-1)?.id
    expect(ids('namespace')).not.toBe(ids('cluster'))
  })
  it('puts everything into one group without a frame when flat', () => {
    const groups = buildGroups(topology, 'flat')
    expect(groups).toHaveLength(1)
    expect(groups[0]).toMatchObject({
      kind: 'flat',
      serviceIds: topology.services.map((service) => service.id),
    })
  })
  it('has every service exactly once', () => {
    for (const by of ['namespace', 'cluster', 'flat'] as const) {
      const ids = buildGroups(topology, by).flatMap((group) => group.serviceIds)
      expect(ids.toSorted()).toEqual(topology.services.map((service) => service.id).toSorted())
    }
  })
  it('is empty for an empty account', () =>
    expect(buildGroups(makeTopology({ clusters: [] }), 'namespace')).toEqual([]))
})

describe('namespaceKind', () => {
  it.each([
    ['HTTP', 'HTTP'],
    ['DNS_PRIVATE', 'private DNS'],
    ['DNS_PUBLIC', 'public DNS'],
  ] as const)('says %s as %s', (type, words) => expect(namespaceKind(type)).toBe(words))
})
