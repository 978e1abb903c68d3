import { z } from 'zod'
import { tagValues } from '../namespace/values'

/** What the fields of a cluster hold, right or not. */
export const clusterValues = z.object({
  name: z.string(),
  containerInsights: z.enum(['disabled', 'enabled', 'enhanced']),
  fargate: z.boolean(),
  fargateSpot: z.boolean(),
  serviceConnectNamespaceId: z.string(),
  tags: tagValues,
})

export type ClusterValues = z.infer<typeof clusterValues>

export function firstClusterValues(): ClusterValues {
  return {
    name: '',
    containerInsights: 'disabled',
    fargate: false,
    fargateSpot: false,
    serviceConnectNamespaceId: '',
    tags: [],
  }
}

/** The change's input. */
export function toClusterInput({ fargate, fargateSpot, ...values }: ClusterValues) {
  const capacityProviders = [...(fargate ? ['FARGATE'] : []), ...(fargateSpot ? ['FARGATE_SPOT'] : [])]
  return { ...values, capacityProviders }
}
