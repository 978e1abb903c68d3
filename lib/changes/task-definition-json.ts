import type { CommandInputs } from '../plan/command'
import { type Fault, shapeFaults } from './check-shape'
import { placeIn, syntaxErrorAt } from './json-syntax'
import { taskDefinitionFaults } from './task-definition-faults'

export type TaskDefinitionInput = CommandInputs['ecs:RegisterTaskDefinition']

/** What a pasted text is: an input for RegisterTaskDefinition, with what was left out of it said in `remarks`; or what is wrong with it. */
export type ReadDefinition =
  | { readonly ok: true; readonly input: TaskDefinitionInput; readonly remarks: readonly string[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Only in answers of DescribeTaskDefinition (ECS API reference, TaskDefinition). */
const readOnlyMembers = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const failed = (message: string, path = ''): ReadDefinition => ({ ok: false, faults: [{ path, message }] })

/** The definition in what `describe-task-definition` answers, in the input of `register-task-definition`, or as it stands. */
function unwrap(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = value.taskDefinition
  if (!isRecord(inner)) return value
  return Array.isArray(value.tags) && inner.tags === undefined ? { ...inner, tags: value.tags } : inner
}

/** Checked by `shapeFaults` and `taskDefinitionFaults`, member by member. */
const isInput = (value: unknown, faults: readonly Fault[]): value is TaskDefinitionInput =>
  isRecord(value) && faults.length === 0

/**
 * Reads a pasted task definition: what `aws ecs register-task-definition --cli-input-json` takes, or what `describe-task-definition`
 * answers (its read-only members are left out, and said). Total.
 */
export function readTaskDefinitionJson(text: string): ReadDefinition {
  const json = text.replace(/^\uFEFF/, '')
  const at = syntaxErrorAt(json)
  if (at !== null) return failed(`This is not JSON from ${placeIn(json, at)} on.`)
  const value: unknown = JSON.parse(json)
  return readTaskDefinition(value)
}

/** As `readTaskDefinitionJson`, of a value that was parsed. Total. */
export function readTaskDefinition(value: unknown): ReadDefinition {
  if (!isRecord(value)) return failed('This is not a task definition: an object is expected.')
  const whole = unwrap(value)
  const left = readOnlyMembers.filter((name) => Object.hasOwn(whole, name))
  // null is how some tools write "not set"; the API knows only absence.
  const input = Object.fromEntries(
    Object.entries(whole).filter(([name, item]) => !readOnlyMembers.includes(name) && item !== null),
  )
  const shape = shapeFaults(input)
  const faults = shape.length > 0 ? shape : taskDefinitionFaults(input)
  if (!isInput(input, faults)) return { ok: false, faults }
  const remarks =
    left.length === 0
      ? []
      : [`Left out, because AWS sets ${left.length === 1 ? 'it' : 'them'} itself: ${left.join(', ')}.`]
  return { ok: true, input, remarks }
}
