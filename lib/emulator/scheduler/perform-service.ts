import type { Context } from '../context'
import { currentServiceDeployment, removeServiceDeployments } from '../ecs/service-deployments/add'
import { begin, complete, giveUp, rollBackTo, stop } from '../ecs/service-deployments/lifecycle'
import { addEvent } from '../ecs/services/add-event'
import { forgetToken } from '../ecs/services/client-token'
import { drainingText, startedText, stoppedText, unhealthyText } from '../ecs/services/event-text'
import { taskDefinitionByArn } from '../ecs/task-definitions/find-task-definition'
import { addTask } from '../ecs/tasks/add-task'
import { requestStop } from '../ecs/tasks/request-stop'
import { managedTags, propagatedTags } from '../ecs/tasks/task-tags'
import { makeEndpoints, removeEndpoint } from '../service-connect/make-endpoints'
import type { DeploymentRecord, ServiceDeploymentRecord, ServiceRecord, TaskRecord } from '../state/ecs'
import type { ServiceAction } from './action'

// ECS starts and stops in steps of this size and writes an event for each.
const tasksPerEvent = 10

/** Does one thing that `reconcileService` asked for. */
export function performServiceAction(context: Context, service: ServiceRecord, action: ServiceAction): void {
  switch (action.kind) {
    case 'start-tasks':
      startTasks(context, service, action)
      return
    case 'stop-tasks':
      stopTasks(context, service, action)
      return
    case 'event':
      addEvent(context, service, action.message)
      return
    case 'change-deployment': {
      const deployment = deploymentOf(service, action.deploymentId)
      if (deployment) Object.assign(deployment, action.changes, { updatedAtMs: context.clock.now() })
      return
    }
    case 'complete':
      service.lastCompleted = deploymentOf(service, action.deploymentId)
      changeCurrent(context, service, complete)
      return
    case 'begin':
      service.owed = undefined
      changeCurrent(context, service, (record, _service, nowMs) => begin(record, nowMs))
      return
    case 'give-up':
      changeCurrent(context, service, giveUp)
      return
    case 'stop':
      service.owed = undefined
      changeCurrent(context, service, stop)
      return
    case 'drop-deployment':
      for (const deployment of service.deployments)
        if (deployment.id === action.deploymentId) deployment.status = 'INACTIVE'
      service.deployments = service.deployments.filter(({ id }) => id !== action.deploymentId)
      return
    case 'roll-back':
      service.owed = undefined
      changeCurrent(context, service, (record, _service, nowMs) =>
        rollBackTo(record, service, action.to, { reason: action.reason, nowMs }),
      )
      rollBack(context, service, action.to)
      return
    case 'steady':
      service.steadySinceMs = action.sinceMs
      return
    case 'retire-endpoints':
      if (action.marked) service.connectEndpoints = action.marked
      for (const id of action.removed) removeEndpoint(context, service, id)
      return
    case 'deactivate':
      service.status = 'INACTIVE'
      removeServiceDeployments(context, service)
      service.deployments = []
      service.inactiveAtMs = context.clock.now()
      return
    case 'forget':
      forget(context, service)
      return
  }
}

function changeCurrent(
  context: Context,
  service: ServiceRecord,
  change: (record: ServiceDeploymentRecord, service: ServiceRecord, nowMs: number) => void,
): void {
  const record = currentServiceDeployment(context, service)
  if (record) change(record, service, context.clock.now())
}

const deploymentOf = (service: ServiceRecord, id: string): DeploymentRecord | undefined =>
  service.deployments.find((deployment) => deployment.id === id)

function startTasks(
  context: Context,
  service: ServiceRecord,
  { deploymentId, count, replaced }: Extract<ServiceAction, { kind: 'start-tasks' }>,
): void {
  const { ecs } = context.state
  const deployment = deploymentOf(service, deploymentId)
  const cluster = ecs.clusters.get(service.clusterName)
  const definition = deployment && taskDefinitionByArn(ecs, deployment.taskDefinitionArn)
  if (!cluster || !definition)
    throw new Error(`Service ${service.name} has no cluster or task definition to start tasks from`)
  const { settings } = deployment
  const { launchType, capacityProviderStrategy, networkConfiguration, platformVersion } = settings
  const run: TaskRecord['run'] = {
    enableExecuteCommand: settings.enableExecuteCommand ?? false,
    ...(launchType && { launchType }),
    ...(capacityProviderStrategy && { capacityProviderStrategy }),
    ...(networkConfiguration && { networkConfiguration }),
    ...(platformVersion !== undefined && { platformVersion }),
  }
  const from = { SERVICE: service.arn, TASK_DEFINITION: definition.arn, NONE: undefined }
  const tags = [
    ...propagatedTags(ecs, from[settings.propagateTags ?? 'NONE']),
    ...(settings.enableECSManagedTags ? managedTags(cluster.name, service.name) : []),
  ]
  const ids = Array.from(
    { length: count },
    () =>
      addTask(context, {
        cluster,
        taskDefinition: definition,
        group: `service:${service.name}`,
        startedBy: deployment.id,
        owner: { service, deployment },
        run,
        tags,
      }).id,
  )
  service.steadySinceMs = undefined
  inSteps(ids, (step, isLast) =>
    addEvent(context, service, startedText(service.name, step, isLast ? replaced : 0)),
  )
}

function stopTasks(
  context: Context,
  service: ServiceRecord,
  { taskIds, reason, unhealthy }: Extract<ServiceAction, { kind: 'stop-tasks' }>,
): void {
  const now = context.clock.now()
  const draining = new Map<string, number>()
  for (const id of taskIds) {
    const task = service.tasks.get(id)
    if (!task) continue
    requestStop(context.state.ecs, task, 'ServiceSchedulerInitiated', reason, now)
    const deployment = deploymentOf(service, task.deploymentId ?? '')
    if (unhealthy) {
      if (deployment) deployment.failedTasks++
      addEvent(context, service, unhealthyText(service.name, id))
    }
    if (task.registration && deployment) draining.set(deployment.id, (draining.get(deployment.id) ?? 0) + 1)
  }
  service.steadySinceMs = undefined
  for (const [deploymentId, count] of draining)
    addEvent(context, service, drainingText(service.name, deploymentId, count))
  inSteps(taskIds, (step) => addEvent(context, service, stoppedText(service.name, step)))
}

function inSteps(ids: readonly string[], tell: (step: readonly string[], isLast: boolean) => void): void {
  for (let start = 0; start < ids.length; start += tasksPerEvent)
    tell(ids.slice(start, start + tasksPerEvent), start + tasksPerEvent >= ids.length)
}

/** The deployment that last completed is the newest again, and the service is set as it was then. */
function rollBack(context: Context, service: ServiceRecord, to: DeploymentRecord): void {
  const now = context.clock.now()
  const others = service.deployments.filter(({ id }) => id !== to.id)
  for (const deployment of others) deployment.status = 'ACTIVE'
  Object.assign(to, {
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    rolloutReason: `ECS deployment circuit breaker: rolling back to deploymentId ${to.id}.`,
    failedTasks: 0,
    startFailures: 0,
    nextStartAtMs: 0,
    deadlockTold: false,
    updatedAtMs: now,
  } satisfies Partial<DeploymentRecord>)
  service.deployments = [to, ...others]
  service.taskDefinitionArn = to.taskDefinitionArn
  service.settings = to.settings
  // Its names stay those it was made with; its endpoints are set as they were then.
  makeEndpoints(context, service)
}

function forget(context: Context, service: ServiceRecord): void {
  const { state } = context
  const cluster = state.ecs.clusters.get(service.clusterName)
  if (cluster?.services.get(service.name) !== service) return
  for (const { id } of service.connectEndpoints ?? []) removeEndpoint(context, service, id)
  cluster.services.delete(service.name)
  forgetToken(state.ecs, service)
  state.ecs.tags.delete(service.arn)
}
