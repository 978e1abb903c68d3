import { isDeepStrictEqual } from 'node:util'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeValue } from '@/lib/emulator/store/value-codec'

const roundTrip = (value: unknown): unknown => decodeValue(encodeValue(value))

/** Text that names a mark, a prototype or nothing that any encoding knows. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '$map',
    '$object',
    '$undefined',
    '$',
    '__proto__',
    'constructor',
    '\ud800',
    '\u2028',
    '\0',
  ),
)

/** Everything that a record can hold. */
const { anyValue } = fc.letrec<{ anyValue: unknown }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('anyValue'), { maxLength: 4 }),
    fc.array(fc.tuple(anyText, tie('anyValue')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
    fc.array(fc.tuple(anyText, tie('anyValue')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
    fc.array(tie('anyValue'), { maxLength: 4 }).map((members) => new Set(members)),
  ),
}))

describe('a stored value', () => {
  test.prop([anyValue], { numRuns: 2_000 })('is read back as it was', (value) => {
    // Vitest's own comparison takes a member named constructor for a class.
    expect(isDeepStrictEqual(roundTrip(value), value)).toBe(true)
  })

  test.prop([anyValue])('is text that any JSON parser takes, on one line', (value) => {
    const text = encodeValue(value)
    expect(() => JSON.parse(text)).not.toThrow()
    expect(text).not.toMatch(/[\n\0]/)
  })

  it('may hold undefined in lists and Maps, while undefined members are as good as absent', () => {
    expect(roundTrip([undefined, new Map([['a', undefined]])])).toStrictEqual([
      undefined,
      new Map([['a', undefined]]),
    ])
    expect(roundTrip({ a: undefined, b: 1, $c: undefined })).toStrictEqual({ b: 1 })
  })

  it('never reaches a prototype by a name of its own', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}')
    const back = roundTrip(value)
    expect(Object.hasOwn(back as object, '__proto__')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect((back as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each([
    ['a function', { cancel: () => undefined }],
    ['a symbol', [Symbol('x')]],
    ['a bigint', { count: 1n }],
    ['bytes', new Uint8Array(2)],
    ['an error', new Error('x')],
    ['a promise', { later: Promise.resolve() }],
  ])('is no %s', (_, value) => {
    expect(() => encodeValue(value)).toThrow(/cannot be stored/)
  })

  it.each(['{', '{"$else": 1}', '{"$map": 1}', '{"$map": [1]}', '{"$object": {}}', ''])(
    'is not read from %j',
    (text) => {
      expect(() => decodeValue(text)).toThrow(SyntaxError)
    },
  )
})
