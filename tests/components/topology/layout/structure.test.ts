import { describe, expect, it } from 'vitest'
import { buildGroups } from '@/components/topology/grouping'
import { buildStructures, hashText } from '@/components/topology/layout/structure'
import type { Topology } from '@/lib/topology/model'
import {
  makeEdge,
  makeNamespace,
  makeRichTopology,
  makeService,
  makeTopology,
} from '../../../support/topology-fixtures'

const structuresOf = (topology: Topology) =>
  buildStructures(buildGroups(topology, 'namespace'), topology.edges)
const hashes = (topology: Topology) => structuresOf(topology).map((structure) => structure.hash)

describe('buildStructures', () => {
  const topology = makeRichTopology()

  it('stays the same when only states, counts and instances change', () => {
    const services = topology.services.map((service) => ({
      ...service,
      state: 'bad' as const,
      status: 'failing',
      instances: [],
    }))
    expect(hashes({ ...topology, version: 9, services })).toEqual(hashes(topology))
  })
  it('stays the same whatever the order of the lists', () =>
    expect(
      hashes({ ...topology, services: topology.services.toReversed(), edges: topology.edges.toReversed() }),
    ).toEqual(hashes(topology)))
  it('changes only for the group that a service joins', () => {
    const more = makeTopology({ ...topology, services: [...topology.services, makeService('newcomer')] })
    const before = new Map(structuresOf(topology).map((structure) => [structure.id, structure.hash]))
    const changed = structuresOf(more).filter((structure) => before.get(structure.id) !== structure.hash)
    expect(changed.map((structure) => structure.id)).toEqual(['namespace/ns-production.local'])
  })
  it('changes when an edge appears inside a group', () =>
    expect(hashes({ ...topology, edges: topology.edges.slice(1) })).not.toEqual(hashes(topology)))
  it('does not care for edges that leave a group', () => {
    const crossing = topology.edges.filter((edge) => !edge.source.includes('worker'))
    expect(hashes({ ...topology, edges: crossing })).toEqual(hashes(topology))
  })
  it('does not care for a service that calls itself', () => {
    const self = makeService('self')
    const alone = makeTopology({ namespaces: [makeNamespace('production.local')], services: [self] })
    expect(hashes({ ...alone, edges: [makeEdge(self, self)] })).toEqual(hashes(alone))
  })
  it('frames namespaces, but not the flat map', () => {
    expect(structuresOf(topology).every((structure) => structure.framed)).toBe(true)
    const flat = buildStructures(buildGroups(topology, 'flat'), topology.edges)
    expect(flat.map((structure) => structure.framed)).toEqual([false])
  })
})

describe('hashText', () => {
  it('is the same for the same text', () => expect(hashText('abc')).toBe(hashText('abc')))
  it('differs for a swap of two letters', () => expect(hashText('ab')).not.toBe(hashText('ba')))
  it('has sixteen hex digits', () => expect(hashText('')).toMatch(/^[0-9a-f]{16}$/))
})
