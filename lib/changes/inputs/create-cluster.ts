import { z } from 'zod'
import { ecsTags } from '../fields/tags'
import { ecsName } from '../fields/text'

/** Input of `create-cluster`. ECS API reference, CreateCluster. */
export const createClusterInput = z.object({
  name: ecsName('cluster'),
  containerInsights: z.enum(['disabled', 'enabled', 'enhanced']),
  /** Where services without a choice of their own run; empty: they name a launch type. */
  capacityProviders: z
    .array(z.enum(['FARGATE', 'FARGATE_SPOT']))
    .max(2, 'Fargate has two providers.')
    .refine((all) => new Set(all).size === all.length, 'A provider is listed twice.'),
  /** Id of the namespace that Service Connect uses unless a service says otherwise; empty: none. */
  serviceConnectNamespaceId: z
    .string()
    .max(64, 'An id has at most 64 characters.')
    .regex(/^(ns-[A-Za-z0-9._-]+)?$/, 'Choose a namespace.'),
  tags: ecsTags,
})

export type CreateClusterInput = z.infer<typeof createClusterInput>
