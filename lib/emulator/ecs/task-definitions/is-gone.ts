import type { Context } from '../../context'
import type { EcsState, TaskDefinitionRecord } from '../../state/ecs'

/**
 * Whether a revision that is being deleted is gone: after a moment, once no service and no task of it is left (ECS
 * developer guide, "Deleting an Amazon ECS task definition revision"). Its number is never used again, so the record stays
 * behind, out of sight.
 */
export const isGone = (
  { state, clock, config }: Pick<Context, 'state' | 'clock' | 'config'>,
  { arn, status, deleteRequestedAtMs }: TaskDefinitionRecord,
): boolean =>
  status === 'DELETE_IN_PROGRESS' &&
  deleteRequestedAtMs !== undefined &&
  clock.now() >= deleteRequestedAtMs + config.operationDelayMs &&
  !isUsed(state.ecs, arn)

function isUsed({ clusters }: EcsState, arn: string): boolean {
  for (const { services, live } of clusters.values()) {
    for (const service of services.values())
      if (service.status !== 'INACTIVE' && service.taskDefinitionArn === arn) return true
    for (const task of live.values()) if (task.taskDefinitionArn === arn) return true
  }
  return false
}
