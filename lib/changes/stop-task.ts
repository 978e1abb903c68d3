import type { Task } from '../inventory/model'
import type { Planned } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { type StopTaskInput, stopTaskInput } from './inputs/stop-task'
import { taskByArn } from './look-up'

export { type StopTaskInput, stopTaskInput }

const DEFAULT_REASON = 'Stopped from Switchboard'

/** Stops one task; a service then starts another in its place. `task` is as just read; null when ECS does not know it. */
export function planStopTask(task: Task | null, input: StopTaskInput): Planned {
  if (!task)
    return {
      ok: false,
      code: 'TaskGone',
      message: 'ECS does not know this task any more.',
      remedy: 'Look at the map; it ended meanwhile.',
    }
  if (task.lastStatus === 'STOPPED' || task.desiredStatus === 'STOPPED')
    return {
      ok: false,
      code: 'AlreadyStopping',
      message: `Task ${task.id.slice(0, 8)} ${task.lastStatus === 'STOPPED' ? 'has stopped' : 'is being stopped'} already.`,
      remedy: 'There is nothing to do.',
    }
  const isServiceTask = task.group.startsWith('service:')
  const owner = task.group.slice(task.group.indexOf(':') + 1)
  return {
    ok: true,
    plan: {
      title: `Stop task ${task.id.slice(0, 8)}`,
      steps: [
        planStep(
          {
            command: 'ecs:StopTask',
            input: { cluster: input.clusterArn, task: input.taskArn, reason: input.reason || DEFAULT_REASON },
          },
          {
            id: 'stop',
            sentence: isServiceTask
              ? `Stop task ${task.id.slice(0, 8)} of ${owner}; the service starts another.`
              : `Stop task ${task.id.slice(0, 8)} of ${owner}; nothing starts it again.`,
          },
        ),
      ],
      seen: [
        {
          subject: { kind: 'task', cluster: input.clusterArn, task: input.taskArn },
          facts: { desiredStatus: task.desiredStatus },
        },
      ],
      consequences: [],
      confirm: null,
    },
  }
}

/** Stops one task. */
export const stopTask: Change<StopTaskInput> = {
  kind: 'stop-task',
  schema: stopTaskInput,
  plan: (input, world) => planStopTask(taskByArn(world, input.taskArn), input),
}
