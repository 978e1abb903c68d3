import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'

/** Input of `delete-service`. */
export const deleteServiceInput = z.object({
  clusterArn,
  serviceArn,
  /** Delete the discovery service that it registers into as well, when nobody else uses it. */
  withDiscoveryService: z.boolean(),
})

export type DeleteServiceInput = z.infer<typeof deleteServiceInput>
