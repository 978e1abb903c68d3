import type { EcsState, TaskRecord } from '../../state/ecs'

/** Asks for the end of a task; the scheduler does the rest. A task that is already ending keeps its first reason. */
export function requestStop(
  ecs: EcsState,
  task: TaskRecord,
  stopCode: string,
  reason: string,
  nowMs: number,
): void {
  if (task.desiredStatus === 'STOPPED') return
  task.desiredStatus = 'STOPPED'
  task.stopCode = stopCode
  task.stoppedReason = reason
  task.stoppingAtMs = nowMs
  task.version++
  ecs.woken.tasks.add(task)
}
