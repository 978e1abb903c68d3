import { z } from 'zod'
import { namespaceId } from '../fields/arn'

/** Input of `delete-namespace`: its discovery services always go with it. */
export const deleteNamespaceInput = z.object({
  namespaceId,
  /** Delete the ECS services that register there as well; without it they block the deletion. */
  withServices: z.boolean(),
  /** Deregister instances that no ECS service will take away. */
  deregisterInstances: z.boolean(),
})

export type DeleteNamespaceInput = z.infer<typeof deleteNamespaceInput>
