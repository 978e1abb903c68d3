import { z } from 'zod'
import { namespaceId } from '../fields/arn'
import { discoveryServiceName } from '../fields/names'
import { cloudMapTags } from '../fields/tags'
import { description, wholeNumber } from '../fields/text'
import { ttlSeconds } from '../fields/ttl'
import { createNamespaceInput } from './create-namespace'

export const namespaceTypes = ['DNS_PRIVATE', 'DNS_PUBLIC', 'HTTP'] as const

/** A namespace that is there, with its type as the form knows it, or one that the same plan makes. */
export const namespaceChoice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('existing'),
    id: namespaceId,
    type: z.enum(namespaceTypes, 'Choose a namespace.'),
  }),
  z.object({ kind: z.literal('new'), namespace: createNamespaceInput }),
])

export type NamespaceChoice = z.infer<typeof namespaceChoice>

/** The sets of record types that one discovery service may have (Cloud Map API reference, DnsRecord). */
export const recordSets = ['A', 'AAAA', 'A_AAAA', 'SRV', 'CNAME', 'NONE'] as const

export type RecordSet = (typeof recordSets)[number]

export const typeOfChoice = (choice: NamespaceChoice) =>
  choice.kind === 'existing' ? choice.type : choice.namespace.type

/** Cloud Map API reference, HealthCheckConfig. */
const route53Check = z
  .object({
    kind: z.literal('route53'),
    type: z.enum(['HTTP', 'HTTPS', 'TCP']),
    resourcePath: z
      .string()
      .max(255, 'A path has at most 255 characters.')
      .regex(/^(\/\S*)?$/, 'A path starts with / and has no spaces.'),
    failureThreshold: wholeNumber('The number of failed checks', 1, 10),
  })
  .refine(({ type, resourcePath }) => type !== 'TCP' || resourcePath === '', {
    path: ['resourcePath'],
    message: 'A TCP check asks for no path.',
  })

const shape = z.object({
  namespace: namespaceChoice,
  name: discoveryServiceName,
  records: z.enum(recordSets),
  routing: z.enum(['MULTIVALUE', 'WEIGHTED']),
  /** Of every record; not used without records. */
  ttlSeconds,
  health: z.discriminatedUnion('kind', [
    /** ECS tells Cloud Map. */
    z.object({ kind: z.literal('custom') }),
    route53Check,
    z.object({ kind: z.literal('none') }),
  ]),
  /** Whether tasks of ECS shall register here. */
  forEcsTasks: z.boolean(),
  description,
  tags: cloudMapTags,
})

type Shape = z.infer<typeof shape>
export type DiscoveryServiceField = keyof Shape

/** The parts of the input that decide what can be together. */
export type DiscoverySettings = Pick<Shape, 'records' | 'routing' | 'forEcsTasks'> & {
  readonly namespaceType: (typeof namespaceTypes)[number]
  readonly health: Shape['health']['kind']
}

/**
 * What is not possible together, each with the field that is to change and why. Forms use it to lock a choice before it is made; the
 * schema uses it to refuse.
 */
export function discoveryConflicts(
  settings: DiscoverySettings,
): readonly { readonly field: 'records' | 'routing' | 'health'; readonly message: string }[] {
  const { namespaceType, records, routing, health, forEcsTasks } = settings
  const conflicts: { field: 'records' | 'routing' | 'health'; message: string }[] = []
  if (namespaceType === 'HTTP' && records !== 'NONE')
    conflicts.push({
      field: 'records',
      message: 'An HTTP namespace has no DNS: its services are found by the DiscoverInstances API only.',
    })
  if (records === 'CNAME' && forEcsTasks)
    conflicts.push({
      field: 'records',
      message: 'ECS registers addresses, and a CNAME holds a name: choose A, AAAA or SRV for tasks.',
    })
  if (records === 'CNAME' && routing !== 'WEIGHTED')
    conflicts.push({
      field: 'routing',
      message: 'A CNAME has one answer at a time: only weighted routing gives that.',
    })
  if (health === 'route53' && namespaceType === 'DNS_PRIVATE')
    conflicts.push({
      field: 'health',
      message:
        'Route 53 checks from the internet and reaches no private address: choose custom health, or none.',
    })
  if (health === 'route53' && records === 'CNAME')
    conflicts.push({ field: 'health', message: 'Cloud Map makes no Route 53 health check for a CNAME.' })
  if (health === 'route53' && forEcsTasks)
    conflicts.push({
      field: 'health',
      message:
        'ECS registers private addresses, which Route 53 cannot reach: choose custom health for tasks.',
    })
  return conflicts
}

/** Input of `create-discovery-service`. Cloud Map API reference, CreateService. */
export const createDiscoveryServiceInput = shape.superRefine((input, context) => {
  const conflicts = discoveryConflicts({
    ...input,
    namespaceType: typeOfChoice(input.namespace),
    health: input.health.kind,
  })
  for (const { field, message } of conflicts)
    context.addIssue({ code: 'custom', path: field === 'health' ? ['health', 'kind'] : [field], message })
})

export type CreateDiscoveryServiceInput = z.infer<typeof createDiscoveryServiceInput>
