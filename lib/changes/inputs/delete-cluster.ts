import { z } from 'zod'
import { clusterArn } from '../fields/arn'

/** Input of `delete-cluster`. */
export const deleteClusterInput = z.object({
  clusterArn,
  /** Delete its services and stop its tasks first; without it they block the deletion. */
  withContents: z.boolean(),
})

export type DeleteClusterInput = z.infer<typeof deleteClusterInput>
