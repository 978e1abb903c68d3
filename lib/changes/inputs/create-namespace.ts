import { z } from 'zod'
import { httpNamespaceName, privateNamespaceName, publicNamespaceName } from '../fields/names'
import { cloudMapTags } from '../fields/tags'
import { description } from '../fields/text'
import { ttlSeconds } from '../fields/ttl'

const common = { description, tags: cloudMapTags }

/** Input of `create-namespace`. Cloud Map API reference, Create…Namespace. */
export const createNamespaceInput = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('DNS_PRIVATE'),
    name: privateNamespaceName,
    vpcId: z
      .string()
      .min(1, 'Choose the VPC whose tasks shall resolve these names.')
      .max(64, 'An id has at most 64 characters.')
      .regex(/^(vpc-[A-Za-z0-9-]+)?$/, 'This is no VPC id.'),
    /** How long resolvers remember that a name does not exist. */
    soaTtlSeconds: ttlSeconds,
    ...common,
  }),
  z.object({
    type: z.literal('DNS_PUBLIC'),
    name: publicNamespaceName,
    soaTtlSeconds: ttlSeconds,
    ...common,
  }),
  z.object({ type: z.literal('HTTP'), name: httpNamespaceName, ...common }),
])

export type CreateNamespaceInput = z.infer<typeof createNamespaceInput>
