import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'

/** Input of `enable-exec`. */
export const enableExecInput = z.object({ clusterArn, serviceArn })

export type EnableExecInput = z.infer<typeof enableExecInput>
