import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'

/** Input of `redeploy`. */
export const redeployInput = z.object({ clusterArn, serviceArn })

export type RedeployInput = z.infer<typeof redeployInput>
