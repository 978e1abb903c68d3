import type { Context } from '../../context'
import type { ClusterRecord, TaskRecord } from '../../state/ecs'
import { readIdentifier } from '../identifiers'

/** The task of this cluster that a request names by id or ARN; undefined when there is none (any more). */
export function findTask(
  { scope }: Context,
  cluster: ClusterRecord,
  identifier: string,
): TaskRecord | undefined {
  const { name, cluster: named, here } = readIdentifier(identifier, 'task', scope)
  if (!here || (named !== undefined && named !== cluster.name)) return undefined
  return cluster.tasks.get(name)
}
