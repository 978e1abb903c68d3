import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { findIslands } from '@/components/topology/layout/islands'
import { layOutGroup } from '@/components/topology/layout/lay-out-group'
import type { GroupLayout, GroupStructure } from '@/components/topology/layout/model'
import { card, emptyFrame, padding } from '@/components/topology/layout/sizes'

function structure(
  nodes: readonly string[],
  edges: readonly (readonly [string, string])[] = [],
  framed = true,
): GroupStructure {
  return { id: 'g', framed, nodes, edges, hash: 'h' }
}

function placeOf(layout: GroupLayout, id: string) {
  const place = layout.places[id]
  if (!place) throw new Error(`${id} has no place`)
  return place
}

function expectNoOverlap(layout: GroupLayout) {
  const places = Object.values(layout.places)
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      expect(Math.abs(a.x - b.x) >= card.width || Math.abs(a.y - b.y) >= card.height).toBe(true)
    }
  }
}

describe('layOutGroup', () => {
  it('puts callers left of what they call', () => {
    const layout = layOutGroup(
      structure(
        ['a', 'b', 'c'],
        [
          ['c', 'a'],
          ['a', 'b'],
        ],
      ),
    )
    expect(placeOf(layout, 'c').x).toBeLessThan(placeOf(layout, 'a').x)
    expect(placeOf(layout, 'a').x).toBeLessThan(placeOf(layout, 'b').x)
  })
  it('leaves room for a label between caller and callee', () => {
    const layout = layOutGroup(structure(['a', 'b'], [['a', 'b']]))
    expect(placeOf(layout, 'b').x - placeOf(layout, 'a').x - card.width).toBeGreaterThanOrEqual(72)
  })
  it('stands level when a pair has nobody else', () => {
    const layout = layOutGroup(structure(['a', 'b'], [['a', 'b']]))
    expect(placeOf(layout, 'a').y).toBe(placeOf(layout, 'b').y)
  })
  it('sorts services that talk to nobody into a grid, not into one endless column', () => {
    const layout = layOutGroup(
      structure(Array.from({ length: 30 }, (_, i) => `s${String(i).padStart(2, '0')}`)),
    )
    const columns = new Set(Object.values(layout.places).map((place) => place.x)).size
    const rows = new Set(Object.values(layout.places).map((place) => place.y)).size
    expect(columns).toBeGreaterThan(3)
    expect(rows).toBeGreaterThan(3)
    expectNoOverlap(layout)
  })
  it('does not hang on calls in a circle', () => {
    const layout = layOutGroup(
      structure(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
        ],
      ),
    )
    expect(Object.keys(layout.places)).toHaveLength(3)
    expectNoOverlap(layout)
  })
  it('keeps the title free at the top', () =>
    expect(placeOf(layOutGroup(structure(['a'])), 'a')).toEqual({ x: padding.x, y: padding.top }))
  it('wastes no border without a frame', () =>
    expect(layOutGroup(structure(['a'], [], false))).toMatchObject({
      width: card.width,
      height: card.height,
    }))
  it('gives an empty namespace a frame with room for a line', () =>
    expect(layOutGroup(structure([]))).toMatchObject({ ...emptyFrame, places: {} }))

  const graphs = fc.integer({ min: 1, max: 14 }).chain((n) => {
    const id = fc.integer({ min: 0, max: n - 1 }).map((i) => `s${i}`)
    return fc.record({
      nodes: fc.constant(Array.from({ length: n }, (_, i) => `s${i}`)),
      edges: fc.array(fc.tuple(id, id), { maxLength: 20 }),
    })
  })
  test.prop([graphs])(
    'places every card inside the frame, on whole pixels, and none on another',
    ({ nodes, edges }) => {
      const layout = layOutGroup(
        structure(
          nodes,
          edges.filter(([a, b]) => a !== b),
        ),
      )
      expect(Object.keys(layout.places).toSorted()).toEqual(nodes.toSorted())
      for (const { x, y } of Object.values(layout.places)) {
        expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true)
        expect(x).toBeGreaterThanOrEqual(padding.x)
        expect(y).toBeGreaterThanOrEqual(padding.top)
        expect(x + card.width + padding.x).toBeLessThanOrEqual(layout.width + 1)
        expect(y + card.height + padding.bottom).toBeLessThanOrEqual(layout.height + 1)
      }
      expectNoOverlap(layout)
    },
  )
})

describe('findIslands', () => {
  it('keeps what hangs together, the largest first', () => {
    const { linked, loners } = findIslands(
      structure(
        ['a', 'b', 'c', 'd', 'e', 'f'],
        [
          ['a', 'b'],
          ['d', 'c'],
          ['c', 'e'],
        ],
      ),
    )
    expect(linked.map((island) => island.nodes)).toEqual([
      ['c', 'd', 'e'],
      ['a', 'b'],
    ])
    expect(loners).toEqual(['f'])
  })
  it('finds the same islands whatever way calls point', () => {
    const one = findIslands(
      structure(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['c', 'b'],
        ],
      ),
    )
    expect(one.linked).toHaveLength(1)
  })
})
