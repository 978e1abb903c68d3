import { ApiError } from './api-error'

/**
 * Checks a parsed body against an SDK schema and gives back a clean copy: known members only, nulls dropped, maps
 * without a prototype.
 */
export type Validator = (body: object) => object

/** Told once per unknown member that a request carried; the member itself is ignored, as AWS does. */
export type UnknownMember = (path: string) => void

type Check = (value: unknown, parent: string, name: string, report: Report) => unknown
type Report = { problems: string[]; readonly unknownMember: UnknownMember }
type Enums = Readonly<Record<string, Readonly<Record<string, string>>>>

// Smithy's static schemas (@smithy/types, static-schemas.d.ts and sentinels.d.ts).
const listSchema = 1
const mapSchema = 2
const structureSchema = 3
const unionSchema = 4
const listOf = 0b0100_0000
const mapOf = 0b1000_0000

/** AWS lists at most this many problems of one request. */
const maxProblems = 10

/**
 * Compiles the input schema of one SDK operation (`[9, namespace, name, traits, input, output]`).
 *
 * The validator throws `SerializationException` for a wrong JSON type and `invalidInputCode` for missing members and
 * values outside their enum, all of them in one message, in AWS's words.
 */
export function compileValidator(
  operationSchema: unknown,
  enums: Enums,
  invalidInputCode: string,
  unknownMember: UnknownMember = () => {},
): Validator {
  const input = Array.isArray(operationSchema) ? operationSchema[4] : undefined
  const check = compile(input, undefined, enums, new Map())
  return (body) => {
    const report: Report = { problems: [], unknownMember }
    const checked = check(body, '', '', report)
    if (report.problems.length > 0) throw validationError(report.problems, invalidInputCode)
    return typeof checked === 'object' && checked !== null ? checked : {}
  }
}

function validationError(problems: readonly string[], code: string): ApiError {
  const errors = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`
  return new ApiError(code, `${errors} detected: ${problems.slice(0, maxProblems).join('; ')}`)
}

type Compiled = Map<unknown, { check: Check }>

function compile(
  ref: unknown,
  allowed: readonly string[] | undefined,
  enums: Enums,
  compiled: Compiled,
): Check {
  const schema: unknown = typeof ref === 'function' ? ref() : ref
  if (typeof schema === 'number') return compileSimple(schema, allowed)
  if (!Array.isArray(schema))
    return compileStructure([structureSchema, '', 'Unit', 0, [], []], enums, compiled)
  // `[schema, traits]`: a member with traits of its own; every schema has more entries.
  if (schema.length === 2) return compile(schema[0], allowed, enums, compiled)
  switch (schema[0]) {
    case listSchema:
      return listCheck(compile(schema[4], allowed, enums, compiled))
    case mapSchema:
      return mapCheck(compile(schema[5], allowed, enums, compiled))
    case structureSchema:
    case unionSchema:
      return compileStructure(schema, enums, compiled)
    default:
      return compile(schema[4], allowed, enums, compiled)
  }
}

function compileSimple(schema: number, allowed: readonly string[] | undefined): Check {
  if (schema & mapOf) return mapCheck(compileSimple(schema & ~mapOf, allowed))
  if (schema & listOf) return listCheck(compileSimple(schema & ~listOf, allowed))
  switch (schema) {
    case 0:
      return allowed ? enumCheck(allowed) : stringCheck
    case 1:
    case 4:
    case 5:
    case 6:
    case 7:
      return numberCheck
    case 2:
      return booleanCheck
    case 15:
      return (value) => value
    default:
      return stringCheck
  }
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'LIST_VALUE'
  if (typeof value === 'object') return 'STRUCTURE_VALUE'
  return `${typeof value}_VALUE`.toUpperCase()
}

function wrongType(value: unknown, wanted: string, parent: string, name: string): ApiError {
  const where = parent ? `${parent}.${name}` : name
  return new ApiError(
    'SerializationException',
    `${kindOf(value)} can not be converted to ${wanted}${where ? ` at '${where}'` : ''}`,
  )
}

const stringCheck: Check = (value, parent, name) => {
  if (typeof value !== 'string') throw wrongType(value, 'a String', parent, name)
  return value
}

const numberCheck: Check = (value, parent, name) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType(value, 'a Number', parent, name)
  return value
}

const booleanCheck: Check = (value, parent, name) => {
  if (typeof value !== 'boolean') throw wrongType(value, 'a Boolean', parent, name)
  return value
}

const enumCheck = (allowed: readonly string[]): Check => {
  const values = new Set(allowed)
  return (value, parent, name, report) => {
    if (typeof value !== 'string') throw wrongType(value, 'a String', parent, name)
    if (!values.has(value)) {
      const where = parent ? `${parent}.${name}` : name
      report.problems.push(
        `Value '${value.slice(0, 200)}' at '${where}' failed to satisfy constraint: ` +
          `Member must satisfy enum value set: [${allowed.join(', ')}]`,
      )
    }
    return value
  }
}

const listCheck =
  (element: Check): Check =>
  (value, parent, name, report) => {
    if (!Array.isArray(value)) throw wrongType(value, 'a List', parent, name)
    const out: unknown[] = []
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index]
      if (item === null) continue
      out.push(element(item, parent, `${name}.${index + 1}.member`, report))
    }
    return out
  }

const mapCheck =
  (element: Check): Check =>
  (value, parent, name, report) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrongType(value, 'a Map', parent, name)
    }
    const out: Record<string, unknown> = Object.create(null)
    const entries: [string, unknown][] = Object.entries(value)
    for (const [key, item] of entries) {
      if (item !== null) out[key] = element(item, parent, `${name}.${key}`, report)
    }
    return out
  }

function compileStructure(schema: readonly unknown[], enums: Enums, compiled: Compiled): Check {
  const known = compiled.get(schema)
  // Structures may contain themselves: hand out a check that looks up the finished one when it runs.
  if (known) return (value, parent, name, report) => known.check(value, parent, name, report)
  const slot: { check: Check } = { check: stringCheck }
  compiled.set(schema, slot)

  const [, , structure, , names, members, requiredCount] = schema
  const memberNames: unknown[] = Array.isArray(names) ? names : []
  const memberSchemas: unknown[] = Array.isArray(members) ? members : []
  const required = typeof requiredCount === 'number' ? requiredCount : 0
  const checks = new Map<string, Check>()
  const requiredNames: string[] = []
  memberNames.forEach((name, index) => {
    const text = String(name)
    const values = enums[`${String(structure)}.${text}`]
    checks.set(text, compile(memberSchemas[index], values && Object.values(values), enums, compiled))
    // Smithy sorts the required members first and counts them.
    if (index < required) requiredNames.push(text)
  })

  slot.check = (value, parent, name, report) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrongType(value, 'a Structure', parent, name)
    }
    const own = parent && name ? `${parent}.${name}` : name
    const out: Record<string, unknown> = {}
    const entries: [string, unknown][] = Object.entries(value)
    for (const [key, item] of entries) {
      const check = checks.get(key)
      if (check === undefined) report.unknownMember(own ? `${own}.${key}` : key)
      else if (item !== null && item !== undefined) out[key] = check(item, own, key, report)
    }
    for (const key of requiredNames) {
      if (out[key] === undefined) {
        report.problems.push(
          `Value null at '${own ? `${own}.${key}` : key}' failed to satisfy constraint: Member must not be null`,
        )
      }
    }
    return out
  }
  return slot.check
}
