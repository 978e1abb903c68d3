import { z } from 'zod'
import { clusterArn, taskArn } from '../fields/arn'

/** ECS takes up to 1,024 characters; control characters would only garble the events. */
const LONGEST_REASON = 1_024

/** Input of `stop-task`. */
export const stopTaskInput = z.object({
  clusterArn,
  taskArn,
  /** Empty: one of ours. */
  reason: z
    .string()
    .trim()
    .max(LONGEST_REASON, `ECS takes at most ${LONGEST_REASON} characters.`)
    .regex(/^\P{Cc}*$/u, 'The reason may hold no control characters.'),
})

export type StopTaskInput = z.infer<typeof stopTaskInput>
