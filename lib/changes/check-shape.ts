import { taskDefinitionShape } from './task-definition-shape'

/** Something in a pasted text that AWS would not take; `path` as `containerDefinitions[0].image`, empty for the whole. */
export type Fault = { readonly path: string; readonly message: string }

const MOST_FAULTS = 20

const kindOf = (value: unknown) =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const capital = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

/** `Image` in place of `image`: CloudFormation writes it so. */
function unknownMember(name: string, members: Readonly<Record<string, string>>): string {
  const meant = capital(name)
  return meant !== name && Object.hasOwn(members, meant)
    ? `the AWS CLI writes this ${meant}; only CloudFormation starts it with a capital.`
    : 'Amazon ECS knows no such member.'
}

/** Deeper than anything that ECS knows; what reads it later must not run out of stack. */
const DEEPEST = 8

const isDeep = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((item) => isDeep(item, left - 1)))

function checkValue(kind: string, value: unknown, path: string, faults: Fault[]): void {
  if (faults.length >= MOST_FAULTS) return
  if (kind === 'any') {
    if (isDeep(value, DEEPEST)) faults.push({ path, message: 'this is nested too deeply.' })
    return
  }
  const wrong = (wanted: string) => faults.push({ path, message: `this is ${wanted}, not ${kindOf(value)}.` })
  const [container, ...rest] = kind.split(' ')
  const inner = rest.join(' ')
  if (container === 'of') {
    if (isRecord(value)) checkMembers(inner, value, path, faults)
    else wrong('an object')
  } else if (container === 'list') {
    if (!Array.isArray(value)) wrong('a list')
    else for (const [index, item] of value.entries()) checkValue(inner, item, `${path}[${index}]`, faults)
  } else if (container === 'map') {
    if (!isRecord(value)) wrong('an object')
    else for (const [key, item] of Object.entries(value)) checkValue(inner, item, `${path}.${key}`, faults)
  } else if (kind === 'text') {
    if (typeof value !== 'string') wrong('a text in quotes')
  } else if (kind === 'number') {
    if (typeof value !== 'number' || !Number.isInteger(value)) wrong('a whole number')
  } else if (typeof value !== 'boolean') wrong('true or false')
}

function checkMembers(
  shape: string,
  value: Readonly<Record<string, unknown>>,
  path: string,
  faults: Fault[],
): void {
  const members = Object.hasOwn(taskDefinitionShape, shape) ? taskDefinitionShape[shape] : undefined
  if (!members) return
  for (const [name, item] of Object.entries(value)) {
    const where = path === '' ? name : `${path}.${name}`
    const kind = Object.hasOwn(members, name) ? members[name] : undefined
    if (kind === undefined) faults.push({ path: where, message: unknownMember(name, members) })
    else checkValue(kind, item, where, faults)
  }
}

/** What of a value does not have the shape of RegisterTaskDefinition's input; empty when all has. Total. */
export function shapeFaults(value: unknown): readonly Fault[] {
  const faults: Fault[] = []
  checkValue('of RegisterTaskDefinitionRequest', value, '', faults)
  return faults
}
