import { describe, expect, it } from 'vitest'
import { findNeighbour } from '@/components/topology/keys/neighbour'

/** Two columns of three and one card far below. */
const places = {
  a1: { x: 0, y: 0 },
  a2: { x: 0, y: 108 },
  a3: { x: 0, y: 216 },
  b1: { x: 332, y: -54 },
  b2: { x: 332, y: 54 },
  b3: { x: 332, y: 162 },
  far: { x: 100, y: 900 },
}

describe('findNeighbour', () => {
  it.each([
    ['a1', 'down', 'a2'],
    ['a2', 'up', 'a1'],
    ['a3', 'down', 'far'],
    ['far', 'up', 'a3'],
    ['b2', 'left', 'a1'],
    ['b1', 'down', 'b2'],
    ['b3', 'up', 'b2'],
  ] as const)('from %s %s goes to %s', (from, direction, to) =>
    expect(findNeighbour(places, from, direction)).toBe(to),
  )
  it('goes to the next column on a level, or half a card off', () =>
    expect(['b1', 'b2']).toContain(findNeighbour(places, 'a1', 'right')))
  it('stays at the border', () => {
    expect(findNeighbour(places, 'a1', 'left')).toBeNull()
    expect(findNeighbour(places, 'b1', 'up')).toBeNull()
  })
  it('starts at the topmost card', () => expect(findNeighbour(places, null, 'down')).toBe('b1'))
  it('starts afresh when the card it was on is gone', () =>
    expect(findNeighbour(places, 'gone', 'left')).toBe('b1'))
  it('has nowhere to go on an empty map', () => expect(findNeighbour({}, null, 'up')).toBeNull())
  it('reaches every card from every other by arrows alone', () => {
    for (const start of Object.keys(places)) {
      const reached = new Set([start])
      const queue = [start]
      for (const at of queue) {
        for (const direction of ['left', 'right', 'up', 'down'] as const) {
          const next = findNeighbour(places, at, direction)
          if (next && !reached.has(next)) {
            reached.add(next)
            queue.push(next)
          }
        }
      }
      expect([...reached].toSorted()).toEqual(Object.keys(places).toSorted())
    }
  })
})
