import fc from 'fast-check'

/** What a request is made from, besides the schema. */
export type Ingredients = {
  /** Values that name things a test has made, by the name of the member that takes them. */
  readonly known: Readonly<Record<string, readonly string[]>>
  /** The values of enum members, by `Structure.member`. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Texts that have broken parsers before. */
const nastyTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '.', '-', 'a', '__proto__', 'constructor', 'null', '0', '-1', '1e999', '\u0000'),
  fc.constantFrom('\ud800', '%s', '*', '../..', '<script>', 'arn:', 'arn:aws:ecs:us-east-1:0:service/a/b'),
  fc.constant('x'.repeat(300)),
  fc.constant('y'.repeat(6_000)),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

const numbers: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 10 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, -1, 0.5, 1e15, -1e15, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e308, 5e-324),
  },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 70_000 }) },
)

/** Any JSON at all, where the schema wants something else. */
const anything = fc.jsonValue({ maxDepth: 3 })

const seldom = (right: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown>, weight: number) =>
  fc.oneof({ weight, arbitrary: right }, { weight: 1, arbitrary: wrong })

/**
 * Requests that are nearly right: members of the SDK's input schema with values of their type that often name
 * something real, wrong types now and then, members missing, texts and numbers out of all bounds.
 */
export const requestArbitrary = (input: unknown, ingredients: Ingredients): fc.Arbitrary<unknown> =>
  valueArbitrary(input, ingredients, { member: '', depth: 0 })

type Place = { readonly member: string; readonly depth: number; readonly allowed?: readonly string[] }

function valueArbitrary(ref: unknown, given: Ingredients, place: Place): fc.Arbitrary<unknown> {
  const schema: unknown = typeof ref === 'function' ? ref() : ref
  if (typeof schema === 'number') return simpleArbitrary(schema, given, place)
  if (!Array.isArray(schema)) return fc.constant({})
  if (schema.length === 2) return valueArbitrary(schema[0], given, place)
  if (place.depth > 6) return fc.constantFrom(null, {}, [])
  const inner = { ...place, depth: place.depth + 1 }
  switch (schema[0]) {
    case 1:
      return fc.array(valueArbitrary(schema[4], given, inner), { maxLength: 3 })
    case 2:
      return fc.dictionary(nastyTexts, valueArbitrary(schema[5], given, inner), { maxKeys: 3 })
    case 3:
    case 4:
      return structureArbitrary(schema, given, place.depth)
    default:
      return simpleArbitrary(0, given, place)
  }
}

function simpleArbitrary(schema: number, given: Ingredients, place: Place): fc.Arbitrary<unknown> {
  if (schema & 128) {
    return fc.dictionary(
      seldom(fc.constantFrom('AWS_INSTANCE_IPV4', 'a'), nastyTexts, 2) as fc.Arbitrary<string>,
      simpleArbitrary(schema & ~128, given, place),
      { maxKeys: 4 },
    )
  }
  if (schema & 64) return fc.array(simpleArbitrary(schema & ~64, given, place), { maxLength: 4 })
  if (schema === 2) return fc.boolean()
  if (schema === 1 || (schema >= 4 && schema <= 7)) return numbers
  if (schema === 15) return anything
  const fitting = place.allowed ?? given.known[place.member]
  return fitting
    ? seldom(fc.constantFrom(...fitting), nastyTexts, 10)
    : seldom(fc.constantFrom('a', 'b-1', 'web', '127.0.0.9'), nastyTexts, 2)
}

function structureArbitrary(
  schema: readonly unknown[],
  given: Ingredients,
  depth: number,
): fc.Arbitrary<unknown> {
  const [, , structure, , names, members, required] = schema
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  const always: string[] = []
  if (Array.isArray(names) && Array.isArray(members)) {
    names.forEach((name: unknown, index) => {
      const member = String(name)
      const values = given.enums[`${String(structure)}.${member}`]
      const place = { member, depth: depth + 1, ...(values ? { allowed: Object.values(values) } : {}) }
      const right = valueArbitrary(members[index], given, place)
      const isRequired = index < (typeof required === 'number' ? required : 0)
      // Left out more often than given, or deep requests would never be right as a whole.
      model[member] = seldom(
        isRequired ? right : fc.oneof(fc.constant(undefined), fc.constant(undefined), right),
        anything,
        120,
      )
      if (isRequired) always.push(member)
    })
  }
  return seldom(fc.record(model, { requiredKeys: always }), fc.record(model, { requiredKeys: [] }), 12)
}
