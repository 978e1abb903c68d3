import type { Fault, FaultKind } from './fault'

/** A fault that cannot be: the sentence names the member and what it takes. */
export class FaultMistake extends Error {}

const operationPattern = /^(?:\*|[a-z0-9]{1,40}:(?:\*|[A-Za-z0-9]{1,80}))$/
const codePattern = /^[A-Za-z][A-Za-z0-9_.]{0,79}$/

/** Operations are held or delayed no longer than a client would wait. */
const maxDelayMs = 600_000
const maxCount = 1_000_000
const maxMessageLength = 1_024

type Members = Readonly<Record<string, unknown>>

/** The fault that a request body describes, without its id. Throws `FaultMistake`. */
export function parseFault(body: string, id: string): Fault {
  const members = readObject(body)
  const operation = members.operation
  if (typeof operation !== 'string' || !operationPattern.test(operation)) {
    throw new FaultMistake('operation is a name like ecs:CreateService, ecs:* or *.')
  }
  const kind = readKind(members)
  const known = new Set(['operation', 'times', 'skip', ...Object.keys(kind)])
  const stray = Object.keys(members).find((name) => !known.has(name))
  if (stray !== undefined) throw new FaultMistake(`${kind.kind} has no member ${stray.slice(0, 80)}.`)
  return {
    id,
    operation,
    times: members.times === null ? null : readInteger(members, 'times', 1, maxCount, 1),
    skip: readInteger(members, 'skip', 0, maxCount, 0),
    ...kind,
  }
}

function readKind(members: Members): FaultKind {
  const { kind } = members
  switch (kind) {
    case 'refuse-before':
    case 'drop-answer':
    case 'throttle':
    case 'deny':
    case 'hold-operation':
      return { kind }
    case 'error':
      return {
        kind,
        code: readCode(members, 'code'),
        message: readMessage(members, 'message'),
        status: readInteger(members, 'status', 400, 599, 400),
      }
    case 'fail-operation':
      return {
        kind,
        errorCode: readCode(members, 'errorCode'),
        errorMessage: readMessage(members, 'errorMessage'),
      }
    case 'delay':
      return { kind, ms: readInteger(members, 'ms', 0, maxDelayMs) }
    default:
      throw new FaultMistake(
        'kind is one of refuse-before, drop-answer, throttle, deny, error, fail-operation, hold-operation, delay.',
      )
  }
}

function readObject(body: string): Members {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new FaultMistake('The body is not JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FaultMistake('The body is one fault, a JSON object.')
  }
  return Object.fromEntries(Object.entries(value))
}

function readInteger(
  members: Members,
  name: string,
  minimum: number,
  maximum: number,
  otherwise?: number,
): number {
  const value = members[name] ?? otherwise
  if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum)
    return value
  throw new FaultMistake(`${name} is a whole number from ${minimum} to ${maximum}.`)
}

function readCode(members: Members, name: string): string {
  const value = members[name]
  if (typeof value === 'string' && codePattern.test(value)) return value
  throw new FaultMistake(`${name} is an error code of letters, digits, _ and dots.`)
}

function readMessage(members: Members, name: string): string {
  const value = members[name] ?? ''
  if (typeof value === 'string' && value.length <= maxMessageLength) return value
  throw new FaultMistake(`${name} is a text of at most ${maxMessageLength} characters.`)
}
