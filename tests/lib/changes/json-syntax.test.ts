import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeIn, syntaxErrorAt } from '@/lib/changes/json-syntax'

const parses = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ['[1 2]', 3],
    ['[1,]', 3],
    ['{"a" 1}', 5],
    ["{'a': 1}", 1],
    ['{"a": 1', 7],
    ['[}', 1],
    ['{]', 1],
    ['[1}', 2],
    ['01', 1],
    ['"a\nb"', 0],
    ['"\\x"', 0],
    ['nul', 0],
    ['{} {}', 3],
    ['', 0],
  ])('of %j is %i', (text, at) => expect(syntaxErrorAt(text)).toBe(at))

  it('is nowhere exactly when JSON.parse takes it', () => {
    const bits = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"\\n"',
        '1',
        '-0.5e3',
        'true',
        'null',
        ' ',
        '\n',
        '"',
        '\\',
        'x',
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          bits.map((all) => all.join('')),
          fc.json(),
          fc.string(),
        ),
        (text) => {
          expect(syntaxErrorAt(text) === null).toBe(parses(text))
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('is found in deep nesting', () => {
    expect(syntaxErrorAt('['.repeat(200_000))).toBe(200_000)
    expect(syntaxErrorAt('['.repeat(200_000) + ']'.repeat(200_000))).toBeNull()
  })

  it('is found in long texts', () => {
    const long = 'x\\n'.repeat(300_000)
    expect(syntaxErrorAt(`"${long}"`)).toBeNull()
    expect(syntaxErrorAt(`["${long}`)).toBe(1)
  })

  it('is told by line and column', () => {
    expect(placeIn('a\nbc', 3)).toBe('line 2, column 2')
    expect(placeIn('', 0)).toBe('line 1, column 1')
  })
})
