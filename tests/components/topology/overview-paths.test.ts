import { describe, expect, it } from 'vitest'
import { buildGroups } from '@/components/topology/grouping'
import { layOutGroup } from '@/components/topology/layout/lay-out-group'
import { packFrames } from '@/components/topology/layout/pack'
import { buildStructures } from '@/components/topology/layout/structure'
import { cardPaths, framePath, pickDimmed, signPaths, wirePaths } from '@/components/topology/overview-paths'
import { toFlow } from '@/components/topology/to-flow'
import { makeRichTopology } from '../../support/topology-fixtures'

const topology = makeRichTopology()
const groups = buildGroups(topology, 'namespace')
const layout = { ...packFrames(buildStructures(groups, topology.edges).map(layOutGroup), {}), turn: 1 }
const backend = 'service/default/backend-api-service'
const draw = (matched: ReadonlySet<string> | null, selected: string | null = null) =>
  toFlow(
    {
      topology,
      groups,
      layout,
      selected,
      instanceId: null,
      cursor: null,
      matched,
      fresh: new Set(),
      answered: null,
    },
    null,
  )
const moves = (path: string | undefined) => path?.match(/M/g)?.length ?? 0

describe('cardPaths and signPaths', () => {
  const flow = draw(null)
  it('hold every card once, under its state', () => {
    for (const paths of [cardPaths(flow.nodes), signPaths(flow.nodes)]) {
      for (const state of ['ok', 'busy', 'warn', 'bad', 'off'] as const) {
        expect(moves(paths.get(state))).toBe(
          topology.services.filter((service) => service.state === state).length,
        )
      }
    }
  })
  it('have a sign of its own for every state', () => {
    const signs = [...signPaths(flow.nodes).values()].map((path) => path.replace(/M[-\d. ]+/g, ''))
    expect(new Set(signs.map((sign) => sign.slice(0, 12))).size).toBe(signs.length)
  })
})

describe('pickDimmed', () => {
  it('splits the cards in two', () => {
    const { nodes } = draw(new Set([backend]))
    expect(pickDimmed(nodes, false).map((node) => node.id)).toEqual([backend])
    expect(pickDimmed(nodes, true)).toHaveLength(topology.services.length - 1)
  })
})

describe('framePath', () => {
  it('holds every frame', () => expect(moves(framePath(layout))).toBe(groups.length))
})

describe('wirePaths', () => {
  it('holds every line, those that cannot work apart', () => {
    const paths = wirePaths(draw(null).edges, layout)
    expect(moves(paths.get('bad'))).toBe(1)
    expect(moves(paths.get('plain'))).toBe(topology.edges.length - 1)
  })
  it('sets off the lines of the selected card', () =>
    expect(moves(wirePaths(draw(null, backend).edges, layout).get('accent'))).toBe(4))
  it('leaves dimmed lines out', () => expect(wirePaths(draw(new Set([backend])).edges, layout).size).toBe(0))
})
