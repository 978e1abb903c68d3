'use server'

import { randomUUID } from 'node:crypto'
import { planStopTask, stopTaskInput } from '@/lib/changes/stop-task'
import { readTask } from '@/lib/inventory/read-one'
import { orRefused } from '@/lib/plan/begin'
import { runNow } from '@/lib/plan/run-now'
import { currentTarget } from '@/lib/target/current'
import { actionClient } from './client'

/** Stops one task. Answers when ECS has taken it. */
export const stopTask = actionClient
  .metadata({ name: 'stopTask', role: 'operator' })
  .inputSchema(stopTaskInput)
  .action(({ parsedInput, ctx }) => {
    const { clusterArn, taskArn } = parsedInput
    const wanted = { kind: 'stop-task', intentId: randomUUID(), seen: [], confirm: null, by: ctx.by }
    return runNow(wanted, async () =>
      planStopTask(
        await orRefused('ecs:DescribeTasks', () => readTask(currentTarget().clients(), clusterArn, taskArn)),
        parsedInput,
      ),
    )
  })
