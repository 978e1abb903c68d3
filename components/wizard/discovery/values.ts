import { z } from 'zod'
import { firstNamespaceValues, namespaceValues, tagValues } from '../namespace/values'

/** A namespace that is there, or one that the same plan makes; both are kept while one is chosen. */
export const namespaceChoiceValues = z.object({
  kind: z.enum(['existing', 'new']),
  id: z.string(),
  type: z.enum(['DNS_PRIVATE', 'DNS_PUBLIC', 'HTTP']),
  namespace: namespaceValues,
})

export type NamespaceChoiceValues = z.infer<typeof namespaceChoiceValues>

/** What the fields of a discovery service hold, right or not. */
export const discoveryValues = z.object({
  namespace: namespaceChoiceValues,
  name: z.string(),
  records: z.enum(['A', 'AAAA', 'A_AAAA', 'SRV', 'CNAME', 'NONE']),
  routing: z.enum(['MULTIVALUE', 'WEIGHTED']),
  ttlSeconds: z.number().nullable(),
  health: z.object({
    kind: z.enum(['custom', 'route53', 'none']),
    type: z.enum(['HTTP', 'HTTPS', 'TCP']),
    resourcePath: z.string(),
    failureThreshold: z.number().nullable(),
  }),
  forEcsTasks: z.boolean(),
  description: z.string(),
  tags: tagValues,
})

export type DiscoveryValues = z.infer<typeof discoveryValues>

type Namespace = { readonly id: string; readonly type: NamespaceChoiceValues['type'] }
type Vpc = { readonly id: string; readonly isDefault: boolean }

/** The namespace asked for, the only one there is, or none yet; without any, one is to be made. */
export function firstNamespaceChoice(
  namespaces: readonly Namespace[],
  vpcs: readonly Vpc[],
  wantedId: string | null = null,
): NamespaceChoiceValues {
  const wanted = namespaces.find((each) => each.id === wantedId)
  const chosen = wanted ?? (namespaces.length === 1 ? namespaces[0] : undefined)
  return {
    kind: namespaces.length === 0 ? 'new' : 'existing',
    id: chosen?.id ?? '',
    type: chosen?.type ?? 'DNS_PRIVATE',
    namespace: firstNamespaceValues(vpcs),
  }
}

const TTL_SECONDS = 60

export function firstDiscoveryValues(namespace: NamespaceChoiceValues): DiscoveryValues {
  const hasDns = namespace.type !== 'HTTP'
  return {
    namespace,
    name: '',
    records: hasDns ? 'A' : 'NONE',
    routing: 'MULTIVALUE',
    ttlSeconds: TTL_SECONDS,
    health: { kind: 'custom', type: 'HTTP', resourcePath: '/', failureThreshold: 1 },
    forEcsTasks: true,
    description: '',
    tags: [],
  }
}

/** The kind of the namespace chosen or to be made. */
export const typeOfNamespace = (choice: NamespaceChoiceValues): NamespaceChoiceValues['type'] =>
  choice.kind === 'existing' ? choice.type : choice.namespace.type

/** The change's input. A field that is out of sight gets a value that is right, so that nothing unseen can be wrong. */
export function toDiscoveryInput(values: DiscoveryValues) {
  const { health, records } = values
  return {
    ...values,
    ttlSeconds: records === 'NONE' ? TTL_SECONDS : values.ttlSeconds,
    health: { ...health, resourcePath: health.type === 'TCP' ? '' : health.resourcePath },
  }
}
