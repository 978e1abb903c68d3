import { z } from 'zod'
import { discoveryServiceId } from '../fields/arn'

/** Input of `delete-discovery-service`. */
export const deleteDiscoveryServiceInput = z.object({
  discoveryServiceId,
  /** Deregister instances that no ECS service will take away; Cloud Map deletes only empty services. */
  deregisterInstances: z.boolean(),
})

export type DeleteDiscoveryServiceInput = z.infer<typeof deleteDiscoveryServiceInput>
