import type { StopServiceDeploymentRequest, StopServiceDeploymentResponse } from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { ServiceRecord } from '../../state/ecs'
import { ApiError } from '../../wire/api-error'
import { checkArn, findServiceDeployment } from './find'
import { hasEnded } from './lifecycle'

/**
 * Stops a service deployment that is PENDING or IN_PROGRESS: by returning to what completed before (ROLLBACK, the
 * default), or where it is (ABORT). One that is being stopped already just goes on (ECS developer guide, "Stopping Amazon
 * ECS service deployments"). Throws `ServiceDeploymentNotFoundException`, and `ConflictException` for one that has ended or
 * has nothing to return to.
 */
export const stopServiceDeployment: Operation<StopServiceDeploymentRequest, StopServiceDeploymentResponse> = (
  context,
  input,
) => {
  const arn = input.serviceDeploymentArn ?? ''
  checkArn(arn, 'service-deployment')
  const found = findServiceDeployment(context, arn)
  if (!found) {
    throw new ApiError(
      'ServiceDeploymentNotFoundException',
      'The service deploy ARN that you specified in the StopServiceDeployment does not exist.',
    )
  }
  const { record, service } = found
  if (hasEnded(record))
    throw conflict(arn, `The service deployment is ${record.status} and can not be stopped.`)
  if (record.status === 'PENDING' || record.status === 'IN_PROGRESS') {
    const rollsBack = (input.stopType ?? 'ROLLBACK') === 'ROLLBACK'
    if (rollsBack && !canRollBack(service))
      throw conflict(
        arn,
        'No service deployment has completed before this one, so there is nothing to roll back to.',
      )
    record.startedAtMs ??= context.clock.now()
    record.status = rollsBack ? 'ROLLBACK_REQUESTED' : 'STOP_REQUESTED'
    record.updatedAtMs = context.clock.now()
    service.owed = rollsBack ? 'roll-back' : 'stop'
    context.state.ecs.woken.services.add(service)
    context.wakeScheduler(context.scope)
  }
  return { serviceDeploymentArn: arn }
}

const canRollBack = ({ lastCompleted, deployments }: ServiceRecord): boolean =>
  lastCompleted !== undefined && lastCompleted.id !== deployments[0]?.id

const conflict = (arn: string, message: string): ApiError =>
  new ApiError('ConflictException', message, { resourceIds: [arn] })
