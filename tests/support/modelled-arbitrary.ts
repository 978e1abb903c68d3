import fc from 'fast-check'
import type { Command, PlannedCall } from '@/lib/plan/command'
import { commandSchemas } from '@/lib/plan/command-schema'
import { isPlannedCall } from '@/lib/plan/modelled-input'

/*
 * Inputs of the right shape by the SDK's own schemas (@smithy/types, static-schemas.d.ts): each member may be there, each text is
 * hostile, and the user's own keys are too.
 */
type Texts = {
  readonly text: fc.Arbitrary<string>
  /** Every member is there, and every list and map holds something. */
  readonly isWhole: boolean
}

const list = (item: fc.Arbitrary<unknown>, { isWhole }: Texts) =>
  fc.array(item, { minLength: isWhole ? 1 : 0, maxLength: 3 })

const map = (item: fc.Arbitrary<unknown>, { text, isWhole }: Texts) =>
  fc.dictionary(text, item, { minKeys: isWhole ? 1 : 0, maxKeys: 3 })

function simple(kind: number, texts: Texts): fc.Arbitrary<unknown> {
  if (kind & 128) return map(simple(kind & ~128, texts), texts)
  if (kind & 64) return list(simple(kind & ~64, texts), texts)
  if (kind === 2) return fc.boolean()
  if (kind === 1) return fc.integer({ min: 0, max: 70_000 })
  return texts.text
}

function structure(schema: readonly unknown[], texts: Texts): fc.Arbitrary<unknown> {
  const names: unknown = schema[4]
  const members: unknown = schema[5]
  if (!Array.isArray(names) || !Array.isArray(members)) return fc.constant({})
  const required = typeof schema[6] === 'number' ? schema[6] : 0
  const model = Object.fromEntries(
    names.map((name: unknown, index) => [String(name), value(members[index], texts)]),
  )
  return fc.record(model, {
    requiredKeys: names.slice(0, texts.isWhole ? names.length : required).map(String),
  })
}

function value(ref: unknown, texts: Texts): fc.Arbitrary<unknown> {
  const schema: unknown = typeof ref === 'function' ? ref() : ref
  if (typeof schema === 'number') return simple(schema, texts)
  if (!Array.isArray(schema)) return fc.constant({})
  if (schema.length === 2) return value(schema[0], texts)
  switch (schema[0]) {
    case 1:
      return list(value(schema[4], texts), texts)
    case 2:
      return map(value(schema[5], texts), texts)
    case 3:
    case 4:
      return structure(schema, texts)
    default:
      return simple(0, texts)
  }
}

/**
 * Calls of one command with inputs as AWS models them and `text` wherever a text goes. `isWhole`: with every member there is.
 */
export function callArbitrary(
  command: Command,
  text: fc.Arbitrary<string>,
  isWhole = false,
): fc.Arbitrary<PlannedCall> {
  const schema = commandSchemas[command]
  const input = value(Array.isArray(schema) ? schema[4] : undefined, { text, isWhole })
  return input.map((made) => {
    const call = { command, input: made }
    if (!isPlannedCall(call)) throw new Error(`Not an input of ${command}: ${JSON.stringify(made)}`)
    return call
  })
}
