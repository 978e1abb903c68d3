import { describe, expect, it } from 'vitest'
import { drawsOnlyVisible, pickLevel } from '@/components/topology/level-of-detail'

describe('pickLevel', () => {
  it.each([
    [1.6, 'full'],
    [0.55, 'full'],
    [0.54, 'compact'],
    [0.28, 'compact'],
    [0.27, 'tile'],
    [0.15, 'tile'],
    [0.14, 'speck'],
    [0.05, 'speck'],
  ] as const)('at zoom %d draws %s', (zoom, level) => expect(pickLevel(zoom)).toBe(level))
})

describe('drawsOnlyVisible', () => {
  it('draws all of a small map', () => expect(drawsOnlyVisible(20, 'full')).toBe(false))
  it('draws only what is in view of a large one', () => expect(drawsOnlyVisible(1000, 'full')).toBe(true))
  it('draws all when all is in view anyway', () => {
    expect(drawsOnlyVisible(1000, 'tile')).toBe(false)
    expect(drawsOnlyVisible(1000, 'speck')).toBe(false)
  })
})
