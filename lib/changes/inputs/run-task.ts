import { z } from 'zod'
import { clusterArn } from '../fields/arn'
import { networkInput } from '../fields/network'
import { ecsTags } from '../fields/tags'
import { wholeNumber } from '../fields/text'
import { taskDefinitionChoice } from './service-shape'

/** Input of `run-task`. ECS API reference, RunTask: at most 10 tasks at once. */
export const runTaskInput = z.object({
  clusterArn,
  taskDefinition: taskDefinitionChoice,
  count: wholeNumber('The number of tasks', 1, 10),
  launchType: z.enum(['FARGATE', 'EC2']),
  /** Used in network mode `awsvpc`; null for a task definition in another mode. */
  network: networkInput.nullable(),
  enableExecuteCommand: z.boolean(),
  tags: ecsTags,
})

export type RunTaskInput = z.infer<typeof runTaskInput>
