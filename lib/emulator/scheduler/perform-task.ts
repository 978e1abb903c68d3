import {
  deregisterInstance,
  findServiceByArn,
  registerInstance,
  setCustomHealth,
} from '../cloud-map/registry'
import type { Context } from '../context'
import { addEvent, addRemark } from '../ecs/services/add-event'
import { impairedText } from '../ecs/services/event-text'
import { taskDefinitionByArn } from '../ecs/task-definitions/find-task-definition'
import { requestStop } from '../ecs/tasks/request-stop'
import type { ProxyAddresses } from '../runtime/runtime'
import { buildSidecar, distinctAliases } from '../service-connect/sidecar'
import type { ContainerRecord, DeploymentRecord, TaskRecord } from '../state/ecs'
import { deregisterConnect, registerConnect } from './connect-task'
import { ownerOf, wakeService } from './owner'
import { firstHealth, registrationAttributes } from './registration-attributes'
import { afterFailure } from './start-delay'
import type { TaskAction } from './step-task'
import { buildTaskSpec } from './task-spec'

/** Does one step of a task: in the state, in Cloud Map, or by the runtime. */
export function performTaskAction(context: Context, task: TaskRecord, action: TaskAction): void {
  task.version++
  switch (action.kind) {
    case 'advance':
      enter(context, task, action.to)
      return
    case 'launch':
      launch(context, task)
      return
    case 'register':
      register(context, task)
      registerConnect(context, task)
      return
    case 'deregister':
      deregister(context, task)
      return
    case 'tell-health':
      if (task.registration) {
        task.registration.health = action.status
        setCustomHealth(context, task.registration.discoveryServiceId, task.id, action.status)
      }
      wakeService(context.state.ecs, task)
      return
    case 'end':
      if (task.launched) context.runtime.stop(task.id)
      return
    case 'stop':
      stopFailed(context, task, action.stopCode, action.reason)
      return
    case 'prove':
      prove(context, task)
      return
    case 'forget':
      forget(context, task)
      return
  }
}

function enter(context: Context, task: TaskRecord, status: TaskRecord['lastStatus']): void {
  const now = context.clock.now()
  wakeService(context.state.ecs, task)
  task.lastStatus = status
  task.statusSinceMs = now
  if (status === 'RUNNING') task.startedAtMs = now
  if (status !== 'STOPPED') return
  task.stoppedAtMs = now
  for (const container of task.containers) container.lastStatus = 'STOPPED'
  const { service } = ownerOf(context.state.ecs, task)
  context.state.ecs.clusters.get(task.clusterName)?.live.delete(task.id)
  service?.tasks.delete(task.id)
}

function launch(context: Context, task: TaskRecord): void {
  const { runtime, scope, state, clock } = context
  const definition = taskDefinitionByArn(state.ecs, task.taskDefinitionArn)
  if (!definition) {
    task.failure = 'ResourceInitializationError: the task definition does not exist any more'
    return
  }
  const proxied = proxyOf(context, task)
  let addresses: ProxyAddresses | undefined
  try {
    task.address = runtime.allocateAddress(task.id)
    if (proxied) addresses = runtime.allocateProxyAddresses(distinctAliases(proxied.deployment).length)
  } catch (error) {
    if (task.address !== undefined) runtime.releaseAddress(task.address)
    task.address = undefined
    task.failure = `ResourceInitializationError: no address for the task: ${messageOf(error)}`
    return
  }
  enter(context, task, 'PENDING')
  task.pullStartedAtMs = clock.now()
  task.launched = true
  const sidecar =
    proxied &&
    addresses &&
    buildSidecar(scope, task, proxied.container, proxied.deployment, {
      family: definition.family,
      address: task.address,
      addresses,
      lowestPort: runtime.lowestPort,
      drainMs: context.config.proxyDrainMs,
    })
  try {
    runtime.start(buildTaskSpec(scope, task, definition, task.address, sidecar))
  } catch (error) {
    task.launched = false
    task.failure = `CannotStartContainerError: ${messageOf(error)}`
    runtime.releaseAddress(task.address)
    for (const address of addresses ? [addresses.inner, ...addresses.aliases] : [])
      runtime.releaseAddress(address)
  }
}

/** The sidecar of a task, with the deployment that says what it serves and which names it resolves. */
function proxyOf(
  { state }: Context,
  task: TaskRecord,
): { readonly container: ContainerRecord; readonly deployment: DeploymentRecord } | undefined {
  const container = task.containers.find(({ isProxy }) => isProxy)
  const { deployment } = ownerOf(state.ecs, task)
  return container && deployment ? { container, deployment } : undefined
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function register(context: Context, task: TaskRecord): void {
  const { service, deployment } = ownerOf(context.state.ecs, task)
  const registry = (deployment?.settings ?? service?.settings)?.serviceRegistries?.[0]
  if (!service || !registry?.registryArn) return
  const discovery = findServiceByArn(context.state, registry.registryArn)
  const health = firstHealth(task)
  const attributes = discovery && registrationAttributes(context.scope, task, registry, discovery)
  const registered =
    discovery !== undefined &&
    attributes !== undefined &&
    registerInstance(context, discovery.id, { instanceId: task.id, attributes, health })
  if (!registered) {
    const remark = `tasks can not be registered: the service registry ${registry.registryArn} is gone.`
    addRemark(context, service, remark)
    return
  }
  task.registration = {
    discoveryServiceId: discovery.id,
    customHealth: discovery.healthCheckCustom,
    health,
  }
}

function deregister(context: Context, task: TaskRecord): void {
  deregisterConnect(context, task)
  if (!task.registration) return
  deregisterInstance(context, task.registration.discoveryServiceId, task.id)
  task.registration = undefined
}

/** Nobody asked for this end, so its deployment has one failure more. */
function stopFailed(context: Context, task: TaskRecord, stopCode: string, reason: string): void {
  const now = context.clock.now()
  requestStop(context.state.ecs, task, stopCode, reason, now)
  const { service, deployment } = ownerOf(context.state.ecs, task)
  if (!service || !deployment) return
  const { changes, impaired } = afterFailure(deployment, task, now, context.config)
  Object.assign(deployment, changes)
  deployment.updatedAtMs = now
  if (impaired) addEvent(context, service, impairedText(service.name))
  context.state.ecs.woken.services.add(service)
}

function prove(context: Context, task: TaskRecord): void {
  task.provedAtMs = context.clock.now()
  const { deployment } = ownerOf(context.state.ecs, task)
  if (deployment) deployment.failedTasks = 0
  wakeService(context.state.ecs, task)
}

function forget({ state }: Context, task: TaskRecord): void {
  state.ecs.clusters.get(task.clusterName)?.tasks.delete(task.id)
  state.ecs.tasks.delete(task.id)
  state.ecs.tags.delete(task.arn)
}
