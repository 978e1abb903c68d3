import type { Command, CommandInputs, PlannedCall } from './command'
import { isRef } from './command'
import { commandSchemas } from './command-schema'

/** Something in an input that the SDK's model does not know: `containerDefinitions[0].nmae` and why. */
export type InputFault = { readonly path: string; readonly why: string }

// Smithy's static schemas (@smithy/types, static-schemas.d.ts and sentinels.d.ts).
const LIST = 1
const MAP = 2
const STRUCTURE = 3
const UNION = 4
const LIST_OF = 0b0100_0000
const MAP_OF = 0b1000_0000
const BOOLEAN = 2
const NUMBER = 1

type Faults = readonly InputFault[]
const fine: Faults = []
const fault = (path: string, why: string): Faults => [{ path: path || 'the input', why }]

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checkSimple(kind: number, value: unknown, path: string, refs: boolean): Faults {
  if (kind & MAP_OF) return checkMap(kind & ~MAP_OF, value, path, refs)
  if (kind & LIST_OF) return checkList(kind & ~LIST_OF, value, path, refs)
  if (kind === BOOLEAN) return typeof value === 'boolean' ? fine : fault(path, 'is true or false')
  if (kind === NUMBER)
    return typeof value === 'number' && Number.isFinite(value) ? fine : fault(path, 'is a number')
  return typeof value === 'string' || (refs && isRef(value)) ? fine : fault(path, 'is a text')
}

const checkList = (item: unknown, value: unknown, path: string, refs: boolean): Faults =>
  Array.isArray(value)
    ? value.flatMap((one, index) => check(item, one, `${path}[${index}]`, refs))
    : fault(path, 'is a list')

const checkMap = (item: unknown, value: unknown, path: string, refs: boolean): Faults =>
  isPlainObject(value)
    ? Object.entries(value).flatMap(([key, one]) => check(item, one, `${path}.${key}`, refs))
    : fault(path, 'is a map')

function checkStructure(schema: readonly unknown[], value: unknown, path: string, refs: boolean): Faults {
  if (!isPlainObject(value)) return fault(path, 'is an object')
  const names: unknown = schema[4]
  const members: unknown = schema[5]
  if (!Array.isArray(names) || !Array.isArray(members)) return fine
  const at = (name: string) => (path ? `${path}.${name}` : name)
  const required = names.slice(0, typeof schema[6] === 'number' ? schema[6] : 0).map(String)
  return [
    ...required.filter((name) => value[name] === undefined).flatMap((name) => fault(at(name), 'is missing')),
    ...Object.entries(value).flatMap(([name, one]) => {
      const index = names.indexOf(name)
      if (index < 0) return fault(at(name), 'is not known to AWS')
      // The SDK leaves undefined members out.
      return one === undefined ? fine : check(members[index], one, at(name), refs)
    }),
  ]
}

function check(member: unknown, value: unknown, path: string, refs: boolean): Faults {
  const schema: unknown = typeof member === 'function' ? member() : member
  if (typeof schema === 'number') return checkSimple(schema, value, path, refs)
  // `unit`: nothing is asked for.
  if (!Array.isArray(schema)) return fine
  // `[schema, traits]`: a member with traits of its own; every schema has more entries.
  if (schema.length === 2) return check(schema[0], value, path, refs)
  switch (schema[0]) {
    case LIST:
      return checkList(schema[4], value, path, refs)
    case MAP:
      return checkMap(schema[5], value, path, refs)
    case STRUCTURE:
    case UNION:
      return checkStructure(schema, value, path, refs)
    default:
      return check(schema[4], value, path, refs)
  }
}

function faultsOf(command: Command, input: unknown, refs: boolean): Faults {
  const schema = commandSchemas[command]
  return Array.isArray(schema) ? check(schema[4], input, '', refs) : fine
}

/** What the SDK's model says against an input in which any text may be a reference; empty: nothing. */
export const faultsOfPlanned = (command: Command, input: unknown): Faults => faultsOf(command, input, true)

/** Whether an input without references has the shape that the SDK sends. */
export function isInputOf<C extends Command>(command: C, input: unknown): input is CommandInputs[C] {
  return faultsOf(command, input, false).length === 0
}

type Call = { readonly command: Command; readonly input: unknown }

/** Whether a call read from a file is one that a plan may hold. */
export function isPlannedCall(call: Call): call is PlannedCall {
  return faultsOfPlanned(call.command, call.input).length === 0
}
