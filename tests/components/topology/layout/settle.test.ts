import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { layOutGroup } from '@/components/topology/layout/lay-out-group'
import type { GroupStructure } from '@/components/topology/layout/model'
import { mustLayOut, settleGroup } from '@/components/topology/layout/settle'
import { card, gap } from '@/components/topology/layout/sizes'

function structure(
  nodes: readonly string[],
  edges: readonly (readonly [string, string])[] = [],
): GroupStructure {
  return { id: 'g', framed: true, nodes, edges, hash: [...nodes, '|', ...edges.flat()].join() }
}

const before = layOutGroup(
  structure(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
  ),
)

describe('settleGroup', () => {
  it('moves nobody when a service joins', () => {
    const after = settleGroup(
      structure(
        ['a', 'b', 'c', 'n'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['b', 'n'],
        ],
      ),
      before,
    )
    for (const id of ['a', 'b', 'c']) expect(after.places[id]).toEqual(before.places[id])
  })
  it('puts a newcomer right of who calls it', () => {
    const after = settleGroup(
      structure(
        ['a', 'b', 'c', 'n'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['a', 'n'],
        ],
      ),
      before,
    )
    expect(after.places.n?.x).toBe((after.places.a?.x ?? 0) + card.width + gap.rank)
  })
  it('finds a free place below when the wanted one is taken', () => {
    const after = settleGroup(
      structure(
        ['a', 'b', 'c', 'n'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['b', 'n'],
        ],
      ),
      before,
    )
    expect(after.places.n?.x).toBe(before.places.c?.x)
    expect(after.places.n?.y).toBeGreaterThanOrEqual((before.places.c?.y ?? 0) + card.height)
  })
  it('grows the frame when the newcomer needs room', () => {
    const after = settleGroup(structure(['a', 'b', 'c', 'n']), before)
    expect(after.height).toBeGreaterThan(before.height)
    expect(after.width).toBe(before.width)
  })
  it('leaves a gap where a service went, and the frame as large as it was', () => {
    const after = settleGroup(structure(['a', 'c'], []), before)
    expect(Object.keys(after.places)).toEqual(['a', 'c'])
    expect(after).toMatchObject({ width: before.width, height: before.height })
  })

  const names = fc.uniqueArray(
    fc.integer({ min: 0, max: 30 }).map((i) => `x${i}`),
    { maxLength: 12 },
  )
  test.prop([names])('never puts a newcomer on another card', (newcomers) => {
    const after = settleGroup(structure(['a', 'b', 'c', ...newcomers]), before)
    const places = Object.values(after.places)
    expect(places).toHaveLength(3 + newcomers.length)
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(i + 1)) {
        expect(Math.abs(a.x - b.x) >= card.width || Math.abs(a.y - b.y) >= card.height).toBe(true)
      }
    }
  })
})

describe('mustLayOut', () => {
  it('is asked for a group that nobody saw before', () =>
    expect(mustLayOut(structure(['a']), undefined)).toBe(true))
  it('is asked once when the first edges appear', () => {
    const bare = layOutGroup(structure(['a', 'b']))
    expect(mustLayOut(structure(['a', 'b'], [['a', 'b']]), bare)).toBe(true)
  })
  it('is not asked for one more edge', () =>
    expect(
      mustLayOut(
        structure(
          ['a', 'b', 'c'],
          [
            ['a', 'b'],
            ['b', 'c'],
            ['a', 'c'],
          ],
        ),
        before,
      ),
    ).toBe(false))
  it('is not asked for one more service', () =>
    expect(mustLayOut(structure(['a', 'b', 'c', 'n'], [['a', 'b']]), before)).toBe(false))
  it('is asked when more came than stayed', () =>
    expect(mustLayOut(structure(['a', 'p', 'q'], [['a', 'p']]), before)).toBe(true))
  it('is asked when nothing of it is left', () => expect(mustLayOut(structure([]), before)).toBe(true))
})
