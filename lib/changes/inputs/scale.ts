import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'
import { wholeNumber } from '../fields/text'
import { MOST_TASKS } from './service-shape'

/** Input of `scale`. */
export const scaleInput = z.object({
  clusterArn,
  serviceArn,
  desiredCount: wholeNumber('The desired count', 0, MOST_TASKS),
  /** What the person saw; another count meanwhile is not overwritten. */
  seenDesiredCount: z.int().min(0),
})

export type ScaleInput = z.infer<typeof scaleInput>
