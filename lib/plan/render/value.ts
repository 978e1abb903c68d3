import { isRef, type OutputName, type PlannedCall, type Ref } from '../command'

/** What an input is made of: JSON, in which any string may be a reference. */
export type Value = string | number | boolean | null | Ref | readonly Value[] | Fields
export type Fields = { readonly [name: string]: Value }

/** The run gives these anew for each intent; a printed one would make AWS answer with what it made before. */
const tokens = new Set(['clientToken', 'CreatorRequestId'])

const isAbsent = (value: unknown) => value === undefined || typeof value === 'function'

function toValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.filter((item) => !isAbsent(item)).map(toValue)
  if (isRef(value)) return value
  return typeof value === 'object' && value !== null ? toFields(value) : null
}

function toFields(value: object): Fields {
  // From entries, because a member `__proto__` must become a member and not a prototype.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isAbsent(member))
      .map(([name, member]) => [name, toValue(member)]),
  )
}

/** A call's input as plain values, without what is absent and without idempotency tokens. */
export const inputOf = (call: PlannedCall): Fields =>
  toFields(Object.fromEntries(Object.entries(call.input).filter(([name]) => !tokens.has(name))))

export const isFields = (value: Value | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRef(value)

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value)

/** A member that is there for itself: `constructor` is nobody's member. */
export const member = (fields: Fields, name: string): Value | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

/** A member that is a text. */
export function textOf(fields: Fields, name: string): string | null {
  const value = member(fields, name)
  return typeof value === 'string' ? value : null
}

export function refsIn(value: Value): readonly Ref[] {
  if (isRef(value)) return [value]
  if (isList(value)) return value.flatMap(refsIn)
  return isFields(value) ? Object.values(value).flatMap(refsIn) : []
}

/** What stands where a reference leads nowhere; a remark says so too. */
export const danglingText = (ref: Ref): string => `<${ref.$ref.output} of step ${ref.$ref.step}>`

export const danglingRemark = (output: OutputName, step: string): string =>
  `This text needs the ${output} of step ${step}, which it does not make: fill it in by hand.`
