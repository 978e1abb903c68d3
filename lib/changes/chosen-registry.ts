import type { WithRefs } from '../plan/command'
import type { Consequence, Planned, PlanStep } from '../plan/plan'
import type { Seen } from '../plan/seen'
import { refTo } from '../plan/step'
import type { ChosenDefinition } from './chosen-definition'
import { discoveryServiceParts, discoveryServiceRefusal } from './create-discovery-service'
import type { CreateServiceInput } from './inputs/service-shape'
import { discoveryServiceById, namespaceById, servicesRegisteringIn } from './look-up'
import { refuse } from './refuse'
import type { World } from './world'

/** How a new service is found by DNS, as parts of its plan. */
export type ChosenRegistry = {
  readonly steps: readonly PlanStep[]
  readonly seen: readonly Seen[]
  readonly consequences: readonly Consequence[]
  /** What CreateService is given; null: nobody finds it so. */
  readonly arn: WithRefs<string> | null
  readonly hasSrv: boolean
  /** The name that others use; null without DNS. */
  readonly dnsName: string | null
  /** Of the namespace: an ARN or a reference; null without a registry. */
  readonly namespaceArn: WithRefs<string> | null
  /** The VPC that a new private namespace answers in. */
  readonly vpcId: string | null
}

const none: ChosenRegistry = {
  steps: [],
  seen: [],
  consequences: [],
  arn: null,
  hasSrv: false,
  dnsName: null,
  namespaceArn: null,
  vpcId: null,
}

type Chosen = { readonly ok: true; readonly registry: ChosenRegistry } | Extract<Planned, { ok: false }>

function existing(id: string, world: World): Chosen {
  const service = discoveryServiceById(world, id)
  if (!service)
    return {
      ok: false,
      code: 'DiscoveryServiceGone',
      message: 'The discovery service is not there any more.',
      remedy: 'Choose another one, or create one.',
    }
  if (service.dnsRecords.some((record) => record.type === 'CNAME'))
    return {
      ok: false,
      code: 'CnameRecords',
      message: `${service.name} has CNAME records, and ECS registers addresses.`,
      remedy: 'Choose a discovery service with A, AAAA or SRV records.',
    }
  const namespace = namespaceById(world, service.namespaceId)
  const others = servicesRegisteringIn(world, service.arn).map((one) => one.name)
  return {
    ok: true,
    registry: {
      ...none,
      arn: service.arn,
      hasSrv: service.dnsRecords.some((record) => record.type === 'SRV'),
      dnsName:
        namespace && namespace.type !== 'HTTP' && service.dnsRecords.length > 0
          ? `${service.name}.${namespace.name}`
          : null,
      namespaceArn: namespace?.arn ?? null,
      seen: [
        {
          subject: { kind: 'discovery service', namespaceId: service.namespaceId, name: service.name },
          facts: { id: service.id },
        },
      ],
      consequences:
        others.length === 0
          ? []
          : [
              {
                tone: 'warn',
                text: `${others.join(' and ')} ${others.length === 1 ? 'registers' : 'register'} in ${service.name} already: callers of this name reach tasks of both.`,
              },
            ],
    },
  }
}

/** The registry of a new service: one that is there, one that its plan makes, or none. */
export function chooseRegistry({ registry }: CreateServiceInput, world: World): Chosen {
  if (registry.kind === 'none') return { ok: true, registry: none }
  if (registry.kind === 'existing') return existing(registry.id, world)
  const { service } = registry
  const refusal = discoveryServiceRefusal(service, world)
  if (refusal && !refusal.ok) return refusal
  const parts = discoveryServiceParts(service, world)
  const [first] = parts.steps
  const last = parts.steps.at(-1)
  const isNewNamespace = service.namespace.kind === 'new'
  const namespace = service.namespace.kind === 'existing' ? namespaceById(world, service.namespace.id) : null
  const namespaceName =
    service.namespace.kind === 'new' ? service.namespace.namespace.name : (namespace?.name ?? '')
  return {
    ok: true,
    registry: {
      ...parts,
      arn: last ? refTo(last.id, 'discoveryServiceArn') : null,
      hasSrv: service.records === 'SRV',
      dnsName: service.records === 'NONE' ? null : `${service.name}.${namespaceName}`,
      namespaceArn: isNewNamespace && first ? refTo(first.id, 'namespaceArn') : (namespace?.arn ?? null),
      vpcId:
        service.namespace.kind === 'new' && service.namespace.namespace.type === 'DNS_PRIVATE'
          ? service.namespace.namespace.vpcId
          : null,
    },
  }
}

/** `serviceRegistries` of the call. A port is for SRV only: with A records ECS refuses it (ECS API reference, ServiceRegistry). */
export function registriesOf({ registry }: CreateServiceInput, chosen: ChosenRegistry) {
  if (chosen.arn === null || registry.kind === 'none') return {}
  const { containerName, containerPort } = registry
  return {
    serviceRegistries: [
      {
        registryArn: chosen.arn,
        ...(chosen.hasSrv && containerPort !== null ? { containerName, containerPort } : {}),
      },
    ],
  }
}

/** Why this registry does not go with this task definition (ECS developer guide, "Service discovery considerations"). */
export function registryRefusal(
  { registry }: CreateServiceInput,
  chosen: ChosenRegistry,
  definition: ChosenDefinition,
): Planned | null {
  if (registry.kind === 'none') return null
  const { networkMode, ports, label } = definition
  if (networkMode === 'none')
    return refuse(
      'NetworkMode',
      `${label} has no network, so nobody can find its tasks.`,
      'Choose another task definition.',
    )
  if (networkMode !== undefined && networkMode !== 'awsvpc' && !chosen.hasSrv)
    return refuse(
      'NetworkMode',
      `Tasks of ${label} share the address of their machine (network mode ${networkMode ?? 'bridge'}), so only SRV records, which hold a port, can name them.`,
      'Choose a discovery service with SRV records, or a task definition in network mode awsvpc.',
    )
  if (!chosen.hasSrv) return null
  const { containerName, containerPort } = registry
  if (containerName === '' || containerPort === null)
    return refuse('PortMissing', 'An SRV record holds a port.', 'Choose the container and its port.')
  if (ports && !ports.some((port) => port.container === containerName && port.port === containerPort))
    return refuse(
      'PortMissing',
      `${label} has no port ${containerPort} in a container ${containerName}.`,
      'Choose a port of the task definition.',
    )
  return null
}
