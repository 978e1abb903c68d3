import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Inventory } from '@/lib/inventory/model'
import { applyPatch } from '@/lib/topology/apply-patch'
import { buildTopology } from '@/lib/topology/build'
import { advance } from '@/lib/topology/diff'
import { filterTopology } from '@/lib/topology/filter'
import { groupTopology } from '@/lib/topology/group'
import type { Topology } from '@/lib/topology/model'
import { searchTopology } from '@/lib/topology/search'
import { anyInventory } from '../../support/any-inventory'
import { NOW } from '../../support/inventory'

const RUNS = { numRuns: 2_000 }
const sorted = (items: readonly string[]) => items.toSorted()
const isSortedById = (items: readonly { readonly id: string }[]) =>
  items.every((item, index) => index === 0 || (items[index - 1]?.id ?? '') < item.id)

function expectWhole(facts: Inventory, map: Topology) {
  // Lists are keyed and sorted: no id twice.
  for (const list of [map.namespaces, map.clusters, map.services, map.edges])
    expect(isSortedById(list)).toBe(true)

  const ids = new Set(map.services.map((node) => node.id))
  const groups = new Set([...map.namespaces, ...map.clusters].map((group) => group.id))
  for (const node of map.services)
    for (const group of [node.namespace, node.cluster]) expect(group === null || groups.has(group)).toBe(true)
  for (const edge of map.edges) expect(ids.has(edge.source) && ids.has(edge.target)).toBe(true)

  // Nothing that was read is lost.
  expect(map.namespaces).toHaveLength(facts.namespaces.length)
  expect(map.clusters).toHaveLength(facts.clusters.length)
  expect(sorted(map.services.flatMap((node) => node.ecs?.arn ?? []))).toEqual(
    sorted(facts.services.map((service) => service.arn)),
  )
  const discovered = new Set(map.services.map((node) => node.discovery?.serviceId))
  for (const registry of facts.discoveryServices)
    expect(
      discovered.has(registry.id) ||
        registry.managedBy !== null ||
        registry.name.startsWith('aws-ecs-sc.client.'),
    ).toBe(true)
  const shown = new Set(map.services.flatMap((node) => node.instances.map((one) => one.taskArn)))
  for (const task of facts.tasks) if (task.lastStatus !== 'STOPPED') expect(shown.has(task.arn)).toBe(true)
}

// Thousands of maps each: minutes are allowed on a busy machine.
describe('whatever the APIs answer', { timeout: 120_000 }, () => {
  it('makes a whole map: nothing thrown, nothing lost, no dangling end', () => {
    fc.assert(
      fc.property(anyInventory, (facts) => {
        expectWhole(facts, buildTopology(facts))
      }),
      RUNS,
    )
  })

  it('makes the same map of the same facts in another order', () => {
    fc.assert(
      fc.property(anyInventory, (facts) => {
        fc.pre(new Set(facts.services.map((service) => service.arn)).size === facts.services.length)
        fc.pre(new Set(facts.discoveryServices.map((one) => one.id)).size === facts.discoveryServices.length)
        fc.pre(new Set(facts.tasks.map((one) => one.id)).size === facts.tasks.length)
        fc.pre(new Set(facts.clusters.map((one) => one.arn)).size === facts.clusters.length)
        const backwards = {
          ...facts,
          services: facts.services.toReversed(),
          tasks: facts.tasks.toReversed(),
          clusters: facts.clusters.toReversed(),
          discoveryServices: facts.discoveryServices.toReversed(),
        }
        const ids = (map: Topology) =>
          map.services.map((node) => [node.id, node.state, node.instances.length])
        expect(ids(buildTopology(backwards))).toEqual(ids(buildTopology(facts)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('patches one map into the next: what the browser has equals what the server has', () => {
    fc.assert(
      fc.property(anyInventory, anyInventory, (first, second) => {
        const before: Topology = { ...buildTopology(first), version: 7 }
        const { topology, patch } = advance(before, buildTopology({ ...second, readAtMs: NOW + 1_000 }))
        if (!patch) {
          expect(topology).toEqual({ ...before, readAtMs: NOW + 1_000 })
          return
        }
        const received = applyPatch(JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(patch)))
        expect(received).toEqual(topology)
        expect(topology.version).toBe(8)
      }),
      { numRuns: 1_000 },
    )
  })

  it('says nothing when nothing changed', () => {
    fc.assert(
      fc.property(anyInventory, (facts) => {
        const before = { ...buildTopology(facts), version: 3 }
        const { topology, patch } = advance(before, buildTopology(structuredClone(facts)))
        expect(patch).toBeNull()
        expect(topology.version).toBe(3)
        expect(topology.services).toBe(before.services)
      }),
      { numRuns: 1_000 },
    )
  })

  it('filters, searches and groups without losing a card', () => {
    fc.assert(
      fc.property(anyInventory, fc.string({ maxLength: 10 }), (facts, text) => {
        const map = buildTopology(facts)
        const left = filterTopology(map, { text, states: ['ok', 'bad'] })
        expect(left.services.length + left.hidden).toBe(map.services.length)
        expect(left.edges.length + left.hiddenEdges).toBe(map.edges.length)
        expect(searchTopology(map, text).length).toBeLessThanOrEqual(20)
        for (const by of ['namespace', 'cluster', 'flat'] as const) {
          const grouped = groupTopology(map, by).flatMap((group) => group.services)
          expect(sorted(grouped.map((node) => node.id))).toEqual(map.services.map((node) => node.id))
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
