import { fc, it as property } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { ceilingOf, checkPercentages, floorOf } from '@/lib/emulator/ecs/services/percentages'

it.each([
  { desired: 4, min: 50, max: 200, floor: 2, ceiling: 8 },
  { desired: 2, min: 75, max: 200, floor: 2, ceiling: 4 },
  { desired: 3, min: 100, max: 125, floor: 3, ceiling: 3 },
  { desired: 3, min: 33, max: 134, floor: 1, ceiling: 4 },
  { desired: 1, min: 1, max: 150, floor: 1, ceiling: 1 },
  { desired: 0, min: 100, max: 200, floor: 0, ceiling: 0 },
  { desired: 7, min: 0, max: 100, floor: 0, ceiling: 7 },
])('$desired at $min/$max keeps $floor and allows $ceiling', ({ desired, min, max, floor, ceiling }) => {
  expect(floorOf(desired, { minimumHealthyPercent: min })).toBe(floor)
  expect(ceilingOf(desired, { maximumPercent: max })).toBe(ceiling)
})

it('is 100 and 200 percent when nothing is said', () => {
  expect([floorOf(3), ceilingOf(3), floorOf(3, {}), ceilingOf(3, {})]).toEqual([3, 6, 3, 6])
})

property.prop([fc.nat(5_000), fc.nat(300), fc.nat(300)])(
  'the floor never passes the desired number, nor the desired number the ceiling',
  (desired, minimumHealthyPercent, maximumPercent) => {
    expect(floorOf(desired, { minimumHealthyPercent })).toBeLessThanOrEqual(desired)
    expect(ceilingOf(desired, { maximumPercent })).toBeGreaterThanOrEqual(desired)
  },
)

it.each([
  { maximumPercent: -1 },
  { maximumPercent: 100.5 },
  { minimumHealthyPercent: -1 },
  { minimumHealthyPercent: 201 },
  { minimumHealthyPercent: 60, maximumPercent: 50 },
])('%j mean nothing', (percentages) => {
  expect(() => checkPercentages(percentages)).toThrow(/Percent/)
})
