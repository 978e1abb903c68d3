import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { packBest, packShelves } from '@/components/topology/layout/shelf'

const box = (width: number, height: number) => ({ width, height })
const boxes = fc.array(
  fc.record({ width: fc.integer({ min: 1, max: 900 }), height: fc.integer({ min: 1, max: 900 }) }),
  { maxLength: 30 },
)

describe('packShelves', () => {
  it('puts boxes side by side while they fit', () =>
    expect(packShelves([box(100, 50), box(100, 80)], 300, 10)).toEqual({
      places: [
        { x: 0, y: 0 },
        { x: 110, y: 0 },
      ],
      width: 210,
      height: 80,
    }))
  it('starts a new shelf below the highest box of the last one', () =>
    expect(packShelves([box(100, 50), box(100, 80), box(100, 10)], 210, 10).places[2]).toEqual({
      x: 0,
      y: 90,
    }))
  it('gives a box that is too wide a shelf of its own', () =>
    expect(packShelves([box(50, 10), box(500, 10), box(50, 10)], 100, 5).places.map(({ y }) => y)).toEqual([
      0, 15, 30,
    ]))
  it('is empty for nothing', () =>
    expect(packShelves([], 100, 5)).toEqual({ places: [], width: 0, height: 0 }))

  test.prop([boxes, fc.integer({ min: 1, max: 3000 })])('never lets two boxes touch', (sizes, maxWidth) => {
    const { places } = packShelves(sizes, maxWidth, 8)
    for (const [i, a] of places.entries()) {
      for (const [j, b] of places.entries()) {
        if (i >= j) continue
        const [sizeA, sizeB] = [sizes[i], sizes[j]]
        if (!sizeA || !sizeB) throw new Error('a place without a box')
        const apart =
          a.x + sizeA.width + 8 <= b.x ||
          b.x + sizeB.width + 8 <= a.x ||
          a.y + sizeA.height + 8 <= b.y ||
          b.y + sizeB.height + 8 <= a.y
        expect(apart).toBe(true)
      }
    }
  })
})

describe('packBest', () => {
  it('prefers the shape of the window', () => {
    const { width, height } = packBest(
      Array.from({ length: 12 }, () => box(100, 100)),
      10,
      1.6,
    )
    expect(width / height).toBeGreaterThan(0.8)
    expect(width / height).toBeLessThan(2.6)
  })
  test.prop([boxes])('is never worse than one column', (sizes) => {
    const cost = ({ width, height }: { width: number; height: number }) => Math.max(width / 1.6, height)
    const widest = sizes.reduce((most, size) => Math.max(most, size.width), 0)
    expect(cost(packBest(sizes, 10, 1.6))).toBeLessThanOrEqual(cost(packShelves(sizes, widest, 10)))
  })
  test.prop([boxes])('gives the same places for the same boxes', (sizes) => {
    expect(packBest(sizes, 10, 1.6)).toEqual(packBest(sizes, 10, 1.6))
  })
})
