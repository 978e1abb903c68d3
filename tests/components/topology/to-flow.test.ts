import { describe, expect, it } from 'vitest'
import { buildGroups } from '@/components/topology/grouping'
import { layOutGroup } from '@/components/topology/layout/lay-out-group'
import { packFrames } from '@/components/topology/layout/pack'
import { card } from '@/components/topology/layout/sizes'
import { buildStructures } from '@/components/topology/layout/structure'
import { type Flow, type FlowInput, toFlow } from '@/components/topology/to-flow'
import type { Topology } from '@/lib/topology/model'
import { makeCrowdedTopology, makeInstance, makeRichTopology } from '../../support/topology-fixtures'

function inputFor(topology: Topology, wish: Partial<FlowInput> = {}): FlowInput {
  const groups = buildGroups(topology, 'namespace')
  const layout = { ...packFrames(buildStructures(groups, topology.edges).map(layOutGroup), {}), turn: 1 }
  return {
    topology,
    groups,
    layout,
    selected: null,
    instanceId: null,
    cursor: null,
    matched: null,
    fresh: new Set(),
    answered: null,
    ...wish,
  }
}

const topology = makeRichTopology()
const backend = 'service/default/backend-api-service'
const frontend = 'service/default/frontend-web-service'
const wireId = `${frontend}->${backend}`

function cardOf(flow: Flow, id: string) {
  const node = flow.nodes.find((each) => each.id === id)
  if (node?.type !== 'service') throw new Error(`${id} is not a card`)
  return node
}
function frameOf(flow: Flow, id: string) {
  const node = flow.nodes.find((each) => each.id === id)
  if (node?.type !== 'frame') throw new Error(`${id} is not a frame`)
  return node
}
function wireOf(flow: Flow, id: string) {
  const wire = flow.edges.find((each) => each.id === id)
  if (!wire?.data) throw new Error(`${id} is not a line`)
  return { ...wire, data: wire.data }
}
const changedIds = (before: Flow, after: Flow) => {
  const old = new Set<unknown>([...before.nodes, ...before.edges])
  return [...after.nodes, ...after.edges].filter((item) => !old.has(item)).map((item) => item.id)
}

describe('toFlow', () => {
  const flow = toFlow(inputFor(topology), null)

  it('draws every service, namespace and edge once', () => {
    expect(flow.nodes.filter((node) => node.type === 'service')).toHaveLength(topology.services.length)
    expect(flow.nodes.filter((node) => node.type === 'frame').map((node) => node.id)).toEqual([
      'namespace/ns-media.internal',
      'namespace/ns-production.local',
      'namespace/ns-staging.local',
      'outside/namespace',
    ])
    expect(flow.edges.map((edge) => edge.id)).toEqual(topology.edges.map((edge) => edge.id))
  })
  it('gives every node its size and every card its ports, so that nothing is measured', () => {
    for (const node of flow.nodes) {
      expect(node.measured).toEqual({ width: node.width, height: node.height })
      expect(node.width).toBeGreaterThan(0)
    }
    expect(cardOf(flow, backend)).toMatchObject(card)
    expect(cardOf(flow, backend).handles).toHaveLength(8)
  })
  it('names a port at both ends that the cards really have', () => {
    for (const edge of flow.edges) {
      const ids = (id: string) => cardOf(flow, id).handles?.map((handle) => handle.id) ?? []
      expect(ids(edge.source)).toContain(edge.sourceHandle)
      expect(ids(edge.target)).toContain(edge.targetHandle)
    }
  })
  it('draws frames below lines and cards above them', () => {
    expect(frameOf(flow, 'namespace/ns-production.local').zIndex).toBeLessThan(0)
    expect(cardOf(flow, backend).zIndex).toBeGreaterThan(0)
  })
  it('draws nothing that has no place yet, and no line to it', () => {
    const { layout } = inputFor(topology)
    const places = Object.fromEntries(Object.entries(layout.places).filter(([id]) => id !== backend))
    const without = toFlow(inputFor(topology, { layout: { ...layout, places } }), null)
    expect(without.nodes.some((node) => node.id === backend)).toBe(false)
    expect(without.edges.some((edge) => edge.source === backend || edge.target === backend)).toBe(false)
  })
  it('draws no frame on the flat map', () => {
    const groups = buildGroups(topology, 'flat')
    const layout = { ...packFrames(buildStructures(groups, topology.edges).map(layOutGroup), {}), turn: 1 }
    expect(
      toFlow(inputFor(topology, { groups, layout }), null).nodes.every((node) => node.type === 'service'),
    ).toBe(true)
  })
  it('says the names of both ends', () =>
    expect(wireOf(flow, wireId).data.names).toEqual(['frontend-web', 'backend-api']))
})

describe('toFlow, again', () => {
  const input = inputFor(topology)
  const before = toFlow(input, null)

  it('gives the very same lists when nothing changed', () => {
    const after = toFlow({ ...input, topology: { ...topology, version: 2, readAtMs: 1 } }, before)
    expect(after.nodes).toBe(before.nodes)
    expect(after.edges).toBe(before.edges)
  })
  it('draws one card again when one instance changed', () => {
    const services = topology.services.map((service) =>
      service.id === backend ? { ...service, instances: [makeInstance('new')] } : service,
    )
    expect(changedIds(before, toFlow({ ...input, topology: { ...topology, services } }, before))).toEqual([
      backend,
    ])
  })
  it('draws a selected card and the lines that touch it again, and nothing else', () => {
    const after = toFlow({ ...input, selected: backend }, before)
    const touching = topology.edges.filter((edge) => edge.source === backend || edge.target === backend)
    expect(changedIds(before, after).toSorted()).toEqual(
      [backend, ...touching.map((edge) => edge.id)].toSorted(),
    )
    expect(cardOf(after, backend).data.selected).toBe(true)
    expect(wireOf(after, wireId).data.touched).toBe(true)
  })
  it('draws two cards again when the keyboard goes from one to the other', () => {
    const one = toFlow({ ...input, cursor: frontend }, before)
    const two = toFlow({ ...input, cursor: backend }, one)
    expect(changedIds(one, two).toSorted()).toEqual([backend, frontend])
    expect(two.nodes.filter((node) => node.type === 'service' && node.data.tabbable)).toHaveLength(1)
  })
  it('draws what moved again', () => {
    const places = { ...input.layout.places, [frontend]: { x: 5, y: 5 } }
    const after = toFlow({ ...input, layout: { ...input.layout, places } }, before)
    expect(cardOf(after, frontend).position).toEqual({ x: 5, y: 5 })
    expect(changedIds(before, after)).toContain(frontend)
    expect(changedIds(before, after)).not.toContain(backend)
  })
  it('marks the card whose instance answered, anew for every answer', () => {
    const instanceId = topology.services.find((service) => service.id === backend)?.instances[1]?.id ?? ''
    const one = toFlow({ ...input, answered: { instanceId, atMs: 1 } }, before)
    const two = toFlow({ ...input, answered: { instanceId, atMs: 2 } }, one)
    expect(changedIds(before, one)).toEqual([backend])
    expect(changedIds(one, two)).toEqual([backend])
    expect(cardOf(two, frontend).data.answered).toBeNull()
  })
  it('marks an instance only on the selected card', () => {
    const after = toFlow({ ...input, selected: backend, instanceId: 'instance/x' }, before)
    expect(cardOf(after, backend).data.instanceId).toBe('instance/x')
    expect(cardOf(after, frontend).data.instanceId).toBeNull()
  })
  it('dims what does not match, with its lines and frames', () => {
    const after = toFlow({ ...input, matched: new Set([frontend]) }, before)
    expect(cardOf(after, frontend).data.dimmed).toBe(false)
    expect(cardOf(after, backend).data.dimmed).toBe(true)
    expect(wireOf(after, wireId).data.dimmed).toBe(true)
    expect(frameOf(after, 'namespace/ns-production.local').data.dimmed).toBe(false)
    expect(frameOf(after, 'namespace/ns-media.internal').data.dimmed).toBe(true)
  })
  it('selects a line and a frame', () => {
    expect(wireOf(toFlow({ ...input, selected: wireId }, before), wireId).data.selected).toBe(true)
    const frame = 'namespace/ns-production.local'
    expect(frameOf(toFlow({ ...input, selected: frame }, before), frame).data.selected).toBe(true)
  })
  it('keeps 999 of 1,000 cards when one changes', () => {
    const crowd = makeCrowdedTopology(1000)
    const crowdInput = inputFor(crowd)
    const first = toFlow(crowdInput, null)
    const services = crowd.services.map((service, i) => (i === 500 ? { ...service, status: 'odd' } : service))
    const second = toFlow({ ...crowdInput, topology: { ...crowd, services } }, first)
    expect(changedIds(first, second)).toEqual([crowd.services[500]?.id])
  })
})
