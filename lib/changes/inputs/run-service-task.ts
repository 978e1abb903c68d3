import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'

/** Input of `run-service-task`. */
export const runServiceTaskInput = z.object({ clusterArn, serviceArn })

export type RunServiceTaskInput = z.infer<typeof runServiceTaskInput>
