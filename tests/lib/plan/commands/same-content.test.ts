import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin } from '@/lib/plan/commands/same-content'

describe('whether AWS shows what was asked for', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['the same', { cpu: '256' }, { cpu: '256' }, true],
    ['a number as a text', { cpu: 256 }, { cpu: '256' }, true],
    ['more than asked for', { family: 'web' }, { family: 'web', revision: 3 }, true],
    ['something else', { family: 'web' }, { family: 'api' }, false],
    ['less', { family: 'web', cpu: '256' }, { family: 'web' }, false],
    ['nothing was asked for', { cpu: undefined, memory: null }, {}, true],
    ['an empty list is left out', { volumes: [] }, {}, true],
    ['an empty object is left out', { options: {} }, {}, true],
    ['a list is missing', { volumes: [{ name: 'a' }] }, {}, false],
    ['an object is missing', { options: { a: 1 } }, {}, false],
    ['a list is longer', { names: ['a'] }, { names: ['a', 'b'] }, false],
    ['a list is shorter', { names: ['a', 'b'] }, { names: ['a'] }, false],
    [
      'named things in another order',
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      {
        environment: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      },
      true,
    ],
    [
      'named things with each other’s values',
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      {
        environment: [
          { name: 'A', value: '2' },
          { name: 'B', value: '1' },
        ],
      },
      false,
    ],
    [
      'ports with defaults',
      { ports: [{ containerPort: 80 }] },
      { ports: [{ containerPort: 80, protocol: 'tcp' }] },
      true,
    ],
    ['another port', { ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 81 }] }, false],
    ['false for true', { essential: true }, { essential: false }, false],
  ])('%s', (_what, wanted, is, within) => {
    expect(isWithin(wanted, is)).toBe(within)
  })

  it('everything is within itself, and within itself with more', () => {
    const content = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }))
    fc.assert(
      fc.property(content, (value) => {
        expect(isWithin(value, structuredClone(value))).toBe(true)
        expect(isWithin(value, { ...value, 'more than asked': 1 })).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
