import { expect, it } from 'vitest'
import { fingerprint } from '@/lib/emulator/ecs/fingerprint'

it('is the same whatever the order of members, and for absent and undefined', () => {
  expect(fingerprint({ a: 1, b: { c: [1, { d: 2, e: 3 }], f: undefined } })).toBe(
    fingerprint({ b: { c: [1, { e: 3, d: 2 }] }, a: 1 }),
  )
})

it.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: {} }, { a: [] }],
  [undefined, {}],
])('tells %j and %j apart', (one, other) => {
  expect(fingerprint(one)).not.toBe(fingerprint(other))
})
