import type { DeploymentRecord, EcsState, ServiceRecord, TaskRecord } from '../state/ecs'

/** The service of a task and the deployment it was started for, as far as they still exist. */
export function ownerOf(
  ecs: EcsState,
  task: TaskRecord,
): { service?: ServiceRecord | undefined; deployment?: DeploymentRecord | undefined } {
  if (task.serviceName === undefined) return {}
  const service = ecs.clusters.get(task.clusterName)?.services.get(task.serviceName)
  // A service made again under the same name has nothing to do with the tasks of the one before.
  if (!service?.tasks.has(task.id)) return {}
  return { service, deployment: service.deployments.find(({ id }) => id === task.deploymentId) }
}

/** Has the scheduler look at the service of a task, when it has one. */
export function wakeService(ecs: EcsState, task: TaskRecord): void {
  const { service } = ownerOf(ecs, task)
  if (service) ecs.woken.services.add(service)
}
