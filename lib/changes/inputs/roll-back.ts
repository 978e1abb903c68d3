import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'

/** Input of `roll-back`. */
export const rollBackInput = z.object({ clusterArn, serviceArn })

export type RollBackInput = z.infer<typeof rollBackInput>
