import type { StopTaskRequest, StopTaskResponse } from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { Wire } from '../../wire/wire-type'
import { requireCluster } from '../clusters/find-cluster'
import { invalidParameter } from '../errors'
import { findTask } from './find-task'
import { requestStop } from './request-stop'
import { taskView } from './task-view'

const maxReason = 1_024

/** Asks for the end of a task and answers at once; its service starts another. A stopped task is given back as it is. */
export const stopTask: Operation<StopTaskRequest, Wire<StopTaskResponse>> = (context, input) => {
  const cluster = requireCluster(context, input.cluster)
  if ((input.reason?.length ?? 0) > maxReason)
    throw invalidParameter(`reason can have at most ${maxReason} characters.`)
  const task = findTask(context, cluster, input.task ?? '')
  if (!task) throw invalidParameter('The referenced task was not found.')
  if (task.desiredStatus === 'RUNNING') {
    const reason = input.reason || 'Task stopped by user'
    requestStop(context.state.ecs, task, 'UserInitiated', reason, context.clock.now())
    context.wakeScheduler(context.scope)
  }
  return { task: taskView(context, task, true) }
}
