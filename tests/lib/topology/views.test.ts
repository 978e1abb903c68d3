import { describe, expect, it } from 'vitest'
import { applyPatch } from '@/lib/topology/apply-patch'
import { buildTopology } from '@/lib/topology/build'
import { configSubjectOf } from '@/lib/topology/config-subject'
import { advance } from '@/lib/topology/diff'
import { isEqualJson } from '@/lib/topology/equal'
import { filterTopology } from '@/lib/topology/filter'
import { groupTopology } from '@/lib/topology/group'
import { kindOf, makeIdBook } from '@/lib/topology/ids'
import type { Topology } from '@/lib/topology/model'
import { searchTopology } from '@/lib/topology/search'
import { clusterArn, exampleInventory, NOW, namespace, service, task, taskId } from '../../support/inventory'

const example = (): Topology => ({ ...buildTopology(exampleInventory()), version: 1 })
const BACKEND = 'service/default/backend-api-service'
const FRONTEND = 'service/default/frontend-web-service'

describe('from one map to the next', () => {
  const facts = exampleInventory()
  const scaled = {
    ...facts,
    readAtMs: NOW + 1_000,
    services: facts.services.map((one) =>
      one.name === 'backend-api-service' ? { ...one, desired: 3, pending: 1 } : one,
    ),
  }

  it('sends only the card that changed', () => {
    const { patch } = advance(example(), buildTopology(scaled))
    expect(patch).toMatchObject({ from: 1, version: 2, readAtMs: NOW + 1_000, remove: {} })
    expect(Object.keys(patch?.upsert ?? {})).toEqual(['services'])
    expect(patch?.upsert.services?.map((node) => node.id)).toEqual([BACKEND])
    expect(patch).not.toHaveProperty('holes')
    expect(patch).not.toHaveProperty('target')
  })

  it('keeps the objects of everything else, on the server and in the browser', () => {
    const before = example()
    const { topology, patch } = advance(before, buildTopology(scaled))
    if (!patch) throw new Error('nothing changed')
    const received = applyPatch(before, patch)
    for (const after of [topology, received]) {
      expect(after?.services.find((node) => node.id === FRONTEND)).toBe(
        before.services.find((node) => node.id === FRONTEND),
      )
      expect(after?.edges).toBe(before.edges)
      expect(after?.namespaces).toBe(before.namespaces)
      expect(after?.target).toBe(before.target)
    }
  })

  it('names what went', () => {
    const { patch } = advance(
      example(),
      buildTopology({ ...facts, services: facts.services.slice(1), tasks: [] }),
    )
    expect(patch?.remove).toEqual({ services: [BACKEND], edges: [`${FRONTEND}->${BACKEND}`] })
    expect(patch?.upsert.services?.map((node) => node.id)).toContain('discovery/srv-backend-api')
  })

  it('says nothing when only the time of reading moved', () => {
    const before = example()
    const { topology, patch } = advance(before, buildTopology({ ...facts, readAtMs: NOW + 5_000 }))
    expect(patch).toBeNull()
    expect(topology).toEqual({ ...before, readAtMs: NOW + 5_000 })
  })

  it('refuses a patch of another version', () => {
    const { patch } = advance(example(), buildTopology(scaled))
    if (!patch) throw new Error('nothing changed')
    expect(applyPatch({ ...example(), version: 2 }, patch)).toBeNull()
  })
})

describe('equality of plain JSON', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: undefined }, {}, true],
    [[], {}, false],
    [null, {}, false],
    [[1, 2], [2, 1], false],
    [{ a: 1 }, { a: '1' }, false],
    [{ a: 1 }, { b: 1 }, false],
    [Number.NaN, Number.NaN, true],
  ])('%j and %j: %s', (a, b, equal) => {
    expect(isEqualJson(a, b)).toBe(equal)
    expect(isEqualJson(b, a)).toBe(equal)
  })
})

describe('search', () => {
  const map = example()
  const found = (text: string) => searchTopology(map, text).map((node) => node.name)

  it.each([
    ['backend', ['backend-api']],
    ['FRONT', ['frontend-web']],
    ['api', ['backend-api']],
    ['production.local', ['backend-api', 'frontend-web']],
    ['10.0.0.2', ['backend-api']],
    [taskId(3), ['frontend-web']],
    ['3000', ['frontend-web']],
    ['backend 8080', ['backend-api']],
    ['backend 3000', []],
    ['steady', ['backend-api', 'frontend-web']],
    ['', []],
    ['   ', []],
  ])('%j finds %j', (text, names) => {
    expect(found(text)).toEqual(names)
  })

  it('puts the whole name before its start, and that before its middle', () => {
    const names = ['my-web', 'web', 'web-admin']
    const one = buildTopology({
      ...exampleInventory(),
      services: names.map((name) => service(name)),
      tasks: [],
      discoveryServices: [],
    })
    expect(
      searchTopology(one, 'web')
        .map((node) => node.name)
        .slice(0, 4),
    ).toEqual(['web', 'web-admin', 'my-web'])
  })
})

describe('the filter', () => {
  it('counts what it hides, edges too', () => {
    const { services, edges, hidden, hiddenEdges } = filterTopology(example(), { text: 'frontend' })
    expect(services.map((node) => node.id)).toEqual([FRONTEND])
    expect([edges.length, hidden, hiddenEdges]).toEqual([0, 1, 1])
  })

  it('leaves everything alone when it asks for nothing', () => {
    const map = example()
    const left = filterTopology(map, {})
    expect(left).toEqual({ services: map.services, edges: map.edges, hidden: 0, hiddenEdges: 0 })
    expect(left.services[0]).toBe(map.services[0])
  })

  it('filters by state', () => {
    const map = buildTopology({
      ...exampleInventory(),
      services: [service('a'), service('b', { desired: 0, running: 0 })],
    })
    expect(filterTopology(map, { states: ['off'] }).services.map((node) => node.name)).toEqual(['b'])
  })
})

describe('groups', () => {
  const map = buildTopology({
    ...exampleInventory(),
    namespaces: [namespace(), namespace('empty', { type: 'HTTP' })],
    services: [...exampleInventory().services, service('worker')],
    tasks: [...exampleInventory().tasks, task(9, 'worker')],
  })
  const told = (by: Parameters<typeof groupTopology>[1]) =>
    groupTopology(map, by).map((group) => [group.title, group.kind, group.services.map((node) => node.name)])

  it('frames namespaces, empty ones too, and puts the rest last', () => {
    expect(told('namespace')).toEqual([
      ['empty', 'HTTP', []],
      ['production.local', 'private DNS', ['backend-api', 'frontend-web']],
      ['not in a namespace', '', ['worker']],
    ])
  })

  it('frames clusters', () => {
    expect(told('cluster')).toEqual([['default', 'cluster', ['backend-api', 'frontend-web', 'worker']]])
  })

  it('frames nothing when flat', () => {
    expect(told('flat')).toEqual([['', '', ['backend-api', 'frontend-web', 'worker']]])
  })
})

describe('ids', () => {
  it('tell what a card stands for', () => {
    expect(
      ['service/a/b', 'discovery/srv-1', 'tasks/a/family:b', 'missing/x.y', 'else', ''].map(kindOf),
    ).toEqual(['service', 'discovery', 'tasks', 'missing', 'service', 'service'])
  })

  it('are handed out once, also when a suffix is taken already', () => {
    const claim = makeIdBook()
    const ids = ['a', 'a~2', 'a', 'a', '__proto__', '__proto__'].map(claim)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the resources behind a card', () => {
  it('are those of the map and no others', () => {
    expect(configSubjectOf(example(), BACKEND)).toMatchObject({
      service: { clusterArn: clusterArn() },
      discoveryServiceId: 'srv-backend-api',
    })
    expect(configSubjectOf(example(), 'service/default/../../x')).toBeNull()
  })
})
