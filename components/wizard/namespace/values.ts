import { z } from 'zod'

export const tagValues = z.array(z.object({ key: z.string(), value: z.string() }))

/** What the fields of a namespace hold, right or not; all kinds at once, so that changing the kind forgets nothing. */
export const namespaceValues = z.object({
  type: z.enum(['DNS_PRIVATE', 'DNS_PUBLIC', 'HTTP']),
  name: z.string(),
  vpcId: z.string(),
  soaTtlSeconds: z.number().nullable(),
  description: z.string(),
  tags: tagValues,
})

export type NamespaceValues = z.infer<typeof namespaceValues>

/** Cloud Map's own default for the SOA record (API reference, SOA). */
const SOA_TTL_SECONDS = 15

/** An untouched form; the VPC is chosen when there is but one to choose. */
export function firstNamespaceValues(
  vpcs: readonly { readonly id: string; readonly isDefault: boolean }[],
): NamespaceValues {
  const only = vpcs.length === 1 ? vpcs[0] : vpcs.find((vpc) => vpc.isDefault)
  return {
    type: 'DNS_PRIVATE',
    name: '',
    vpcId: only?.id ?? '',
    soaTtlSeconds: SOA_TTL_SECONDS,
    description: '',
    tags: [],
  }
}
