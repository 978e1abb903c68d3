import type { Context } from '../../context'
import { makeEndpoints } from '../../service-connect/make-endpoints'
import type { DeploymentRecord, ServiceRecord } from '../../state/ecs'
import { addServiceDeployment, addServiceRevision } from '../service-deployments/add'

/** Starts a deployment of the service as it is set now; the one before becomes ACTIVE. Old remarks are made again. */
export function addDeployment(context: Context, service: ServiceRecord): DeploymentRecord {
  const { clock, ids, state } = context
  const now = clock.now()
  const id = `ecs-svc/${ids.digits(19)}`
  const [before] = service.deployments
  if (before) {
    before.status = 'ACTIVE'
    before.updatedAtMs = now
  }
  const deployment: DeploymentRecord = {
    id,
    status: 'PRIMARY',
    taskDefinitionArn: service.taskDefinitionArn,
    createdAtMs: now,
    updatedAtMs: now,
    desiredCount: service.desiredCount,
    failedTasks: 0,
    rolloutState: 'IN_PROGRESS',
    rolloutReason: `ECS deployment ${id} in progress.`,
    nextStartAtMs: 0,
    settings: service.settings,
    startFailures: 0,
    deadlockTold: false,
    revisionArn: addServiceRevision(context, service).arn,
    ...makeEndpoints(context, service),
  }
  addServiceDeployment(context, service, deployment)
  service.deployments.unshift(deployment)
  service.steadySinceMs = undefined
  service.told.clear()
  state.ecs.woken.services.add(service)
  return deployment
}
