import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeLineSplitter, maxLineBytes } from '@/lib/emulator/runtime/line-splitter'

const split = (chunks: readonly (string | Buffer)[], maxBytes?: number) => {
  const splitter = makeLineSplitter(maxBytes)
  return { lines: chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk))), rest: splitter.flush() }
}

describe('lines of output', () => {
  it('are cut at line ends, wherever the chunks end', () => {
    expect(split(['one\ntw', 'o\n', '\nthree'])).toEqual({ lines: ['one', 'two'], rest: ['three'] })
  })

  it('lose the carriage return of a Windows line end', () => {
    expect(split(['one\r\ntwo\r', '\n'])).toEqual({ lines: ['one', 'two'], rest: [] })
  })

  it('are left out when they are empty', () => {
    expect(split(['\n\n\r\n'])).toEqual({ lines: [], rest: [] })
  })

  it('keep a character whose bytes come in two chunks', () => {
    const bytes = Buffer.from('grün\n')
    expect(split([bytes.subarray(0, 3), bytes.subarray(3)]).lines).toEqual(['grün'])
  })

  it('are cut when they are longer than an event can be', () => {
    const { lines } = split([`${'x'.repeat(25)}\n`], 10)
    expect(lines).toEqual(['x'.repeat(10), 'x'.repeat(10), 'xxxxx'])
  })

  it('are not cut inside a character', () => {
    expect(split(['ääää\n'], 5).lines).toEqual(['ää', 'ää'])
    expect(split(['ä', 'ääü'], 5)).toEqual({ lines: ['ää'], rest: ['äü'] })
    expect(split(['😀😀\n'], 6).lines).toEqual(['😀', '😀'])
  })

  it('that never end are given out before they fill the memory', () => {
    const { lines, rest } = split(Array.from({ length: 100 }, () => Buffer.alloc(65_536, 'x')))
    expect(lines.length).toBe(25)
    expect(lines.every((line) => line.length === maxLineBytes)).toBe(true)
    expect(rest[0]?.length).toBe(100 * 65_536 - 25 * maxLineBytes)
  })
})

it('the same lines come out however the bytes are cut into chunks', () => {
  const text = fc.array(fc.constantFrom('a', 'bc', 'ä', '😀', '\n', '\r\n'), { maxLength: 40 })
  fc.assert(
    fc.property(
      text,
      fc.array(fc.nat(100), { maxLength: 10 }),
      fc.integer({ min: 4, max: 20 }),
      (parts, cuts, max) => {
        const bytes = Buffer.from(parts.join(''))
        const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b)
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
        const { lines, rest } = split(chunks, max)
        expect([...lines, ...rest].join('')).toBe(parts.join('').replaceAll(/\r?\n/g, ''))
        expect([...lines, ...rest].every((line) => Buffer.byteLength(line) <= max)).toBe(true)
      },
    ),
  )
})
