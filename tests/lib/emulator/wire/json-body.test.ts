import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxDepth, parseJsonBody } from '@/lib/emulator/wire/json-body'
import { codeOf, errorOf } from '../../../support/api-errors'

const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

describe('the body of a request', () => {
  it('may be empty, which means no members', () => {
    expect(parseJsonBody('')).toEqual({})
    expect(parseJsonBody(' \n')).toEqual({})
  })

  it.each(['nonsense', '{', '{"a":}', "{'a':1}", '\u0000', '{"a":1}x'])('must be JSON: %j', (text) => {
    expect(codeOf(() => parseJsonBody(text))).toBe('SerializationException')
  })

  it.each(['[]', '1', '"a"', 'null', 'true'])('must be an object: %s', (text) => {
    expect(errorOf(() => parseJsonBody(text)).message).toContain('JSON object')
  })

  it('may nest 64 levels and no more', () => {
    expect(parseJsonBody(nested(maxDepth))).toHaveProperty('a')
    expect(errorOf(() => parseJsonBody(nested(maxDepth + 1))).message).toContain('64')
  })

  it('survives a million levels', () => {
    expect(codeOf(() => parseJsonBody('{"a":'.repeat(150_000)))).toBe('SerializationException')
    expect(codeOf(() => parseJsonBody('['.repeat(1_000_000)))).toBe('SerializationException')
  })

  it('does not count brackets inside strings', () => {
    const text = JSON.stringify({ a: '[{"'.repeat(200), b: '\\"['.repeat(100) })
    expect(parseJsonBody(text)).toEqual(JSON.parse(text))
  })

  it('takes what JSON.stringify makes, and nothing changes on the way', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 10 })), (value) => {
        const text = JSON.stringify(value)
        expect(JSON.stringify(parseJsonBody(text))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })
})
