import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTooDeep, MOST_BYTES, MOST_DEPTH, parseJson } from '@/lib/plan/parse-json'
import { hostileText } from '../../support/hostile-text'

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
const faultOf = (text: string): string => {
  const parsed = parseJson(text)
  return 'fault' in parsed ? parsed.fault : 'none'
}

describe('a text as JSON', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual({ value: JSON.parse(text) })
      }),
      { numRuns: 50 },
    )
  })

  it.each(['', ' ', '{', '{"a":1,}', "{'a':1}", 'undefined', 'NaN', '// x', '\u0000', '<html>', '{"a":1}{'])(
    'is refused with a sentence when it is none: %j',
    (text) => {
      expect(faultOf(text)).toMatch(/^The text is not JSON: .+\.$/)
    },
  )

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText,
          fc.json().map((text) => text.slice(1)),
        ),
        (text) => {
          const parsed = parseJson(text)
          expect('fault' in parsed ? parsed.fault.endsWith('.') : 'value' in parsed).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('may have a mebibyte and no byte more', () => {
    const text = JSON.stringify('x'.repeat(MOST_BYTES - 2))
    expect(faultOf(text)).toBe('none')
    expect(faultOf(`${text} `)).toBe('The text has more than 1 MiB.')
  })

  it('is measured in bytes, not in characters', () => {
    expect(faultOf(JSON.stringify('é'.repeat(MOST_BYTES / 2)))).toBe('The text has more than 1 MiB.')
  })

  it('may nest as deep as the limit and no deeper', () => {
    expect(faultOf(nested(MOST_DEPTH + 1))).toBe('none')
    expect(faultOf(nested(MOST_DEPTH + 2))).toBe(`The JSON nests deeper than ${MOST_DEPTH} levels.`)
  })

  it('that nests without end is refused without using up the stack', () => {
    expect(faultOf(nested(20_000))).toBe(`The JSON nests deeper than ${MOST_DEPTH} levels.`)
  })

  it.each([null, 0, '', true, [], {}, { a: { b: [1, 2] } }])('%j does not nest too deep', (value) => {
    expect(isTooDeep(value)).toBe(false)
  })

  it('a deep branch beside flat ones is too deep', () => {
    const deep: unknown = JSON.parse(nested(MOST_DEPTH + 5))
    expect(isTooDeep({ flat: 1, list: [1, deep] })).toBe(true)
  })
})
