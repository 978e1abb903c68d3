import type { RuntimeEvent } from '../runtime/runtime'
import type { TaskRecord } from '../state/ecs'

/** Writes what a runtime reported into the task; what follows from it is for `stepTask` to say. */
export function applyRuntimeEvent(task: TaskRecord, event: RuntimeEvent): void {
  task.version++
  if (event.kind === 'task-failed') {
    task.failure ??= event.reason
    return
  }
  if (event.kind === 'task-ended') {
    task.ended = true
    for (const container of task.containers) container.lastStatus = 'STOPPED'
    task.executionStoppedAtMs ??= event.atMs
    return
  }
  if (event.kind === 'task-reachable') {
    if (task.connect) task.connect.reachable = true
    return
  }
  const container = task.containers.find(({ name }) => name === event.container)
  if (!container) return
  switch (event.kind) {
    case 'container-started':
      container.lastStatus = 'RUNNING'
      container.standIn = event.standIn
      if (task.containers.every(({ lastStatus }) => lastStatus !== 'PENDING'))
        task.pullStoppedAtMs ??= event.atMs
      return
    case 'container-exited':
      container.lastStatus = 'STOPPED'
      container.exitCode = event.exitCode
      if (event.reason !== undefined) container.reason = event.reason
      if (container.essential) task.executionStoppedAtMs ??= event.atMs
      return
    case 'container-health':
      container.health = event.status
  }
}
