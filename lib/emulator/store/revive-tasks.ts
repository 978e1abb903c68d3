import { setCustomHealth } from '../cloud-map/registry'
import { resumeOperations } from '../cloud-map/submit-operation'
import type { Context } from '../context'
import { addEvent } from '../ecs/services/add-event'
import { remarkText } from '../ecs/services/event-text'
import type { TaskRecord } from '../state/ecs'

const endedReason = 'Host terminated: the local cloud ended while this task was running.'
const remark = 'the local cloud was started again; tasks that were running are replaced.'

/**
 * Makes the best of tasks whose processes have died with an earlier local cloud, and has the scheduler look at
 * everything. A service's task is STOPPED (`TerminationNotice`) and its instance leaves Cloud Map at once; the service
 * starts another in its place. Nobody would replace a standalone task, so that one is started again under its own id.
 */
export function reviveTasks(context: Context): void {
  const { cloudMap, ecs } = context.state
  const nowMs = context.clock.now()
  for (const task of [...ecs.tasks.values()]) {
    ecs.woken.tasks.add(task)
    const neverStarted = task.lastStatus === 'PROVISIONING' && !task.launched
    if (task.lastStatus === 'STOPPED' || neverStarted) continue
    if (task.registration) {
      const service = cloudMap.services.get(task.registration.discoveryServiceId)
      if (service?.instances.delete(task.id)) service.revision += 1
      task.registration = undefined
    }
    for (const id of task.connect?.registeredIn ?? []) {
      const service = cloudMap.services.get(id)
      if (service?.instances.delete(task.id)) service.revision += 1
    }
    if (task.connect) task.connect.registeredIn = undefined
    if (task.serviceName === undefined && task.desiredStatus === 'RUNNING') startAgain(task, nowMs)
    else {
      endTask(task, nowMs)
      const cluster = ecs.clusters.get(task.clusterName)
      cluster?.live.delete(task.id)
      cluster?.services.get(task.serviceName ?? '')?.tasks.delete(task.id)
    }
    ecs.woken.tasks.add(task)
  }
  for (const cluster of ecs.clusters.values())
    for (const service of cluster.services.values()) {
      ecs.woken.services.add(service)
      if (service.status !== 'ACTIVE' || service.desiredCount === 0) continue
      service.steadySinceMs = undefined
      addEvent(context, service, remarkText(service.name, remark))
    }
}

/** Sets going what waited for its time: operations of Cloud Map, and custom health that was told but not in force. */
export function resumeWaiting(context: Context): void {
  resumeOperations(context)
  for (const service of context.state.cloudMap.services.values())
    for (const instance of service.instances.values()) {
      const { pendingHealth } = instance
      if (!pendingHealth) continue
      instance.pendingHealth = undefined
      setCustomHealth(context, service.id, instance.id, pendingHealth.status)
    }
}

function endTask(task: TaskRecord, nowMs: number): void {
  task.version++
  if (task.desiredStatus === 'RUNNING') {
    task.desiredStatus = 'STOPPED'
    task.stopCode = 'TerminationNotice'
    task.stoppedReason = endedReason
  }
  task.lastStatus = 'STOPPED'
  task.statusSinceMs = nowMs
  task.stoppingAtMs ??= nowMs
  task.executionStoppedAtMs ??= nowMs
  task.stoppedAtMs = nowMs
  task.ended = true
  for (const container of task.containers) container.lastStatus = 'STOPPED'
}

function startAgain(task: TaskRecord, nowMs: number): void {
  task.version++
  task.lastStatus = 'PROVISIONING'
  task.statusSinceMs = nowMs
  task.launched = false
  task.ended = false
  task.address = undefined
  task.pullStartedAtMs = undefined
  task.pullStoppedAtMs = undefined
  task.startedAtMs = undefined
  task.executionStoppedAtMs = undefined
  task.failure = undefined
  task.provedAtMs = undefined
  task.containers = task.containers.map(({ exitCode: _exitCode, reason: _reason, ...container }) => ({
    ...container,
    lastStatus: 'PENDING',
    health: 'UNKNOWN',
  }))
}
