import type { WithRefs } from '../plan/command'
import type { Consequence, Planned, PlanStep } from '../plan/plan'
import type { Seen } from '../plan/seen'
import { planStep, refTo } from '../plan/step'
import type { Change } from './change'
import { namespaceFacts, namespaceRefusal, namespaceStep } from './create-namespace'
import {
  type CreateDiscoveryServiceInput,
  createDiscoveryServiceInput,
  type NamespaceChoice,
  type RecordSet,
} from './inputs/create-discovery-service'
import { discoveryServiceByName, namespaceById } from './look-up'
import { planned, refuse } from './refuse'
import { stepId } from './step-id'
import { cloudMapTagsOf } from './tags'
import type { World } from './world'

const typesOf = (records: RecordSet): readonly ('A' | 'AAAA' | 'SRV' | 'CNAME')[] => {
  if (records === 'NONE') return []
  return records === 'A_AAAA' ? ['A', 'AAAA'] : [records]
}

/** The name that a new or an existing namespace has; empty when it is not there. */
export const namespaceNameOf = (choice: NamespaceChoice, world: World): string =>
  choice.kind === 'new' ? choice.namespace.name : (namespaceById(world, choice.id)?.name ?? '')

function healthOf({ health }: CreateDiscoveryServiceInput) {
  switch (health.kind) {
    case 'none':
      return {}
    case 'custom':
      // FailureThreshold is deprecated and always 1 (Cloud Map API reference, HealthCheckCustomConfig).
      return { HealthCheckCustomConfig: {} }
    case 'route53':
      return {
        HealthCheckConfig: {
          Type: health.type,
          ...(health.resourcePath === '' ? {} : { ResourcePath: health.resourcePath }),
          FailureThreshold: health.failureThreshold,
        },
      }
  }
}

/** The call that makes a discovery service, as a step; `namespaceId` may be a reference to an earlier one. */
export function discoveryServiceStep(
  input: CreateDiscoveryServiceInput,
  namespaceId: WithRefs<string>,
  world: World,
): PlanStep {
  const types = typesOf(input.records)
  const fullName = `${input.name}.${namespaceNameOf(input.namespace, world)}`
  return planStep(
    {
      command: 'servicediscovery:CreateService',
      input: {
        Name: input.name,
        NamespaceId: namespaceId,
        ...(input.description === '' ? {} : { Description: input.description }),
        ...(types.length === 0
          ? // In a DNS namespace this alone says that there shall be no records (API reference, CreateService).
            { Type: 'HTTP' }
          : {
              DnsConfig: {
                RoutingPolicy: input.routing,
                DnsRecords: types.map((Type) => ({ Type, TTL: input.ttlSeconds })),
              },
            }),
        ...healthOf(input),
        ...cloudMapTagsOf(input.tags),
      },
    },
    {
      id: stepId('discovery-service', input.name),
      sentence:
        types.length === 0
          ? `Create the discovery service ${input.name}, found by the DiscoverInstances API.`
          : `Create the discovery service ${input.name}, found as ${fullName}.`,
    },
  )
}

const LONGEST_DNS_NAME = 253

/** Why this discovery service cannot be made; null when nothing speaks against it. */
export function discoveryServiceRefusal(input: CreateDiscoveryServiceInput, world: World): Planned | null {
  const { namespace: choice, name, records } = input
  const fullName = `${name}.${namespaceNameOf(choice, world)}`
  if (records !== 'NONE' && fullName.length > LONGEST_DNS_NAME)
    return refuse(
      'NameTooLong',
      `A DNS name has at most ${LONGEST_DNS_NAME} characters; with its namespace this one has ${fullName.length}.`,
      'Choose a shorter name.',
    )
  if (choice.kind === 'new') return namespaceRefusal(choice.namespace, world)
  const namespace = namespaceById(world, choice.id)
  if (!namespace)
    return refuse(
      'NamespaceGone',
      'The namespace is not there any more.',
      'Choose another namespace, or create one.',
    )
  if (namespace.type !== choice.type)
    return refuse(
      'ChangedMeanwhile',
      `${namespace.name} is of another type than the form knew.`,
      'Choose the namespace again.',
    )
  if (discoveryServiceByName(world, namespace.id, name))
    return refuse(
      'DiscoveryServiceExists',
      `${namespace.name} has a discovery service ${name} already.`,
      'Choose another name, or use that one.',
    )
  return null
}

/** Steps, what was seen and what else happens for a discovery service, its namespace included when that is new. */
export type DiscoveryParts = {
  readonly steps: readonly PlanStep[]
  readonly seen: readonly Seen[]
  readonly consequences: readonly Consequence[]
}

/** The parts of a plan that makes a discovery service; `discoveryServiceRefusal` was null. */
export function discoveryServiceParts(input: CreateDiscoveryServiceInput, world: World): DiscoveryParts {
  const { namespace: choice, name } = input
  if (choice.kind === 'new') {
    const namespace = namespaceStep(choice.namespace)
    return {
      steps: [namespace, discoveryServiceStep(input, refTo(namespace.id, 'namespaceId'), world)],
      ...namespaceFacts(choice.namespace, world),
    }
  }
  return {
    steps: [discoveryServiceStep(input, choice.id, world)],
    seen: [{ subject: { kind: 'discovery service', namespaceId: choice.id, name }, facts: null }],
    consequences: [],
  }
}

/** Makes a discovery service: a name in a namespace under which instances can register. */
export const createDiscoveryService: Change<CreateDiscoveryServiceInput> = {
  kind: 'create-discovery-service',
  schema: createDiscoveryServiceInput,
  plan: (input, world) =>
    discoveryServiceRefusal(input, world) ??
    planned({
      title: `Create discovery service ${input.name}`,
      ...discoveryServiceParts(input, world),
    }),
}
