/** Data as the state holds it: plain objects, arrays, Maps, Sets, Dates and primitives. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * A value as JSON text that `decodeValue` reads back as the same value. What JSON does not have travels as an object with
 * one member whose name starts with `$`; objects of that look are themselves wrapped. Members that are undefined are left
 * out, as nothing in the state tells them from absent ones. Throws `TypeError` for functions, symbols, bigints and
 * instances of classes: they have no place in a stored record.
 */
export const encodeValue = (value: unknown): string => JSON.stringify(toJson(value))

/** The value that a text of `encodeValue` stands for. Throws `SyntaxError` for any other text. */
export function decodeValue(text: string): unknown {
  const parsed: Json = JSON.parse(text)
  return fromJson(parsed)
}

function toJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Object.is(value, -0)) return { $number: '-0' }
      return Number.isFinite(value) ? value : { $number: String(value) }
    case 'undefined':
      return { $undefined: true }
    case 'object':
      return value === null ? null : objectToJson(value)
    default:
      throw new TypeError(`A ${typeof value} cannot be stored.`)
  }
}

function objectToJson(value: object): Json {
  if (Array.isArray(value)) return Array.from(value, toJson)
  if (value instanceof Map)
    return { $map: Array.from(value, ([key, member]) => [toJson(key), toJson(member)]) }
  if (value instanceof Set) return { $set: Array.from(value, toJson) }
  if (value instanceof Date) return { $date: toJson(value.getTime()) }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`An instance of ${value.constructor.name} cannot be stored.`)
  const json: { [key: string]: Json } = {}
  for (const [key, member] of Object.entries(value)) {
    // Assigned like the others, this one would change the prototype.
    if (key.startsWith('$') || key === '__proto__') return wrapped(value)
    if (member !== undefined) json[key] = toJson(member)
  }
  return json
}

const wrapped = (value: object): Json => ({
  $object: Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [[key, toJson(member)]],
  ),
})

function fromJson(json: Json): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(fromJson)
  for (const key in json) {
    if (key.startsWith('$')) return special(key, json[key])
    break
  }
  const value: Record<string, unknown> = json
  for (const key in json) {
    const member = json[key]
    if (typeof member === 'object' && member !== null) value[key] = fromJson(member)
  }
  return value
}

function special(key: string, content: Json | undefined): unknown {
  switch (key) {
    case '$undefined':
      return undefined
    case '$number':
      return Number(content)
    case '$date':
      return new Date(Number(fromJson(content ?? null)))
    case '$map':
      return new Map(pairs(content))
    case '$set':
      return new Set(list(content).map(fromJson))
    case '$object':
      return Object.fromEntries(pairs(content).map(([name, member]) => [String(name), member]))
    default:
      throw new SyntaxError(`${key} is no mark of a stored value.`)
  }
}

function list(content: Json | undefined): readonly Json[] {
  if (!Array.isArray(content)) throw new SyntaxError('A list was expected in a stored value.')
  return content
}

const pairs = (content: Json | undefined): [unknown, unknown][] =>
  list(content).map((pair) => {
    const [key = null, member = null] = list(pair)
    return [fromJson(key), fromJson(member)]
  })
