import { parseArn } from '../arn'
import type { Scope } from '../scope'
import { invalidParameter } from './errors'

const namePattern = /^[A-Za-z0-9_-]{1,255}$/

/** Cluster, service, family and container names: 1 to 255 letters, digits, `_` and `-`. */
export const isName = (text: string): boolean => namePattern.test(text)

/** Something a request names, by short name or by ARN. */
export type Identifier = {
  /** The last part: a cluster, service or family name, or a task id. */
  readonly name: string
  /** The cluster that a long-form ARN of a service or task names. */
  readonly cluster?: string
  /** False when the ARN is of another account or region: it cannot exist here. */
  readonly here: boolean
}

/**
 * Takes a short name or an ARN of the given resource type apart. The old short form `service/<name>` is read as well.
 * Throws `InvalidParameterException` for an ARN of another type.
 */
export function readIdentifier(
  text: string,
  type: 'cluster' | 'service' | 'task' | 'task-definition',
  scope: Scope,
): Identifier {
  if (!text.startsWith('arn:')) {
    // `DescribeTasks` and friends also take `<cluster>/<id>`, as the end of an ARN.
    const [first = '', second] = text.split('/')
    return second === undefined
      ? { name: first, here: true }
      : { name: second, cluster: first, here: type === 'service' || type === 'task' }
  }
  const arn = parseArn(text)
  const [kind, ...rest] = arn?.resource.split('/') ?? []
  if (arn?.service !== 'ecs' || kind !== type || rest.length === 0 || rest.length > 2)
    throw invalidParameter(`Invalid identifier: '${text}' is not the ARN of a ${type.replace('-', ' ')}.`)
  const here = arn.region === scope.region && arn.accountId === scope.accountId
  const [first = '', second] = rest
  return second === undefined ? { name: first, here } : { name: second, cluster: first, here }
}

/** A family and, when given, a revision: `family`, `family:3` or the ARN of a task definition. */
export type TaskDefinitionReference = {
  readonly family: string
  readonly revision?: number
  readonly here: boolean
}

/** Takes a task definition reference apart; undefined when it is malformed. */
export function readTaskDefinitionReference(text: string, scope: Scope): TaskDefinitionReference | undefined {
  const { name, here } = readIdentifier(text, 'task-definition', scope)
  const found = /^([A-Za-z0-9_-]{1,255})(?::(\d{1,9}))?$/.exec(name)
  if (!found?.[1]) return undefined
  return found[2] === undefined
    ? { family: found[1], here }
    : { family: found[1], revision: Number(found[2]), here }
}
