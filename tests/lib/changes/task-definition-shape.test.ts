import { RegisterTaskDefinitionRequest$ } from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'
import { taskDefinitionShape } from '@/lib/changes/task-definition-shape'

// The SDK's static schemas (@smithy/core, "schema"): [kind, namespace, name, traits, members, schemas] for a structure, lists are 1, maps 2.
const STRUCTURE = 3
const LIST = 1
const MAP = 2
const simple: Readonly<Record<number, string>> = { 0: 'text', 1: 'number', 2: 'boolean' }
const LIST_OF = 64
const MAP_OF = 128

const shapes: Record<string, Record<string, string>> = {}

function kindOf(given: unknown): string {
  let schema = given
  while (typeof schema === 'function' || (Array.isArray(schema) && typeof schema[0] !== 'number'))
    schema = typeof schema === 'function' ? schema() : schema[0]
  if (typeof schema === 'number') {
    if (schema & LIST_OF) return `list ${simple[schema & ~LIST_OF]}`
    if (schema & MAP_OF) return `map ${simple[schema & ~MAP_OF]}`
    return simple[schema] ?? 'any'
  }
  if (!Array.isArray(schema)) return 'any'
  if (schema[0] === STRUCTURE) {
    collect(schema)
    return `of ${schema[2]}`
  }
  if (schema[0] === LIST) return `list ${kindOf(schema[4])}`
  return schema[0] === MAP ? `map ${kindOf(schema[5])}` : 'any'
}

function collect(schema: readonly unknown[]): void {
  const [, , name, , members, kinds] = schema
  if (typeof name !== 'string' || !Array.isArray(members) || !Array.isArray(kinds) || shapes[name]) return
  const shape: Record<string, string> = {}
  shapes[name] = shape
  members.forEach((member: string, index) => {
    shape[member] = kindOf(kinds[index])
  })
}

it("knows every member of a task definition that the SDK's own schema knows, with its kind", () => {
  collect(RegisterTaskDefinitionRequest$)
  expect(Object.keys(shapes).length).toBeGreaterThan(30)
  expect(taskDefinitionShape).toEqual(shapes)
})
