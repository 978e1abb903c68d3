'use server'

import { planStopTask, stopTaskInput } from '@/lib/changes/stop-task'
import { readTask } from '@/lib/inventory/read-one'
import { change } from '@/lib/plan/change'
import { currentTarget } from '@/lib/target/current'
import { actionClient } from './client'

/** Stops one task. */
export const stopTask = actionClient
  .metadata({ name: 'stopTask', role: 'operator' })
  .inputSchema(stopTaskInput)
  .action(({ parsedInput }) =>
    change(
      'ecs:DescribeTasks',
      () => readTask(currentTarget().clients(), parsedInput.clusterArn, parsedInput.taskArn),
      (task) => planStopTask(task, parsedInput),
    ),
  )
