import type { Context } from '../../context'
import type { EcsState, TaskDefinitionRecord } from '../../state/ecs'
import { clientFault } from '../errors'
import { readTaskDefinitionReference } from '../identifiers'
import { isGone } from './is-gone'

/**
 * The revision a request means: the one it names, else the newest ACTIVE one of the family. Undefined when there is
 * none.
 */
export function findTaskDefinition(
  context: Pick<Context, 'state' | 'scope' | 'clock' | 'config'>,
  reference: string,
): TaskDefinitionRecord | undefined {
  const wanted = readTaskDefinitionReference(reference, context.scope)
  if (!wanted?.here) return undefined
  const revisions = context.state.ecs.taskDefinitions.get(wanted.family) ?? []
  if (wanted.revision === undefined) return revisions.findLast(({ status }) => status === 'ACTIVE')
  const record = revisions[wanted.revision - 1]
  return record && !isGone(context, record) ? record : undefined
}

/** The ACTIVE revision to start tasks from; throws `ClientException`. */
export function requireTaskDefinition(context: Context, reference: string): TaskDefinitionRecord {
  const found = findTaskDefinition(context, reference)
  if (!found) throw clientFault('TaskDefinition not found.')
  if (found.status !== 'ACTIVE') throw clientFault('TaskDefinition is inactive')
  return found
}

/** The revision behind an ARN that the state itself holds. */
export function taskDefinitionByArn(ecs: EcsState, arn: string): TaskDefinitionRecord | undefined {
  const [family = '', revision] = arn.slice(arn.lastIndexOf('/') + 1).split(':')
  return ecs.taskDefinitions.get(family)?.[Number(revision) - 1]
}
