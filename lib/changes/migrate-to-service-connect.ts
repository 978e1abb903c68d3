import type { EcsService } from '../inventory/model'
import type { Consequence, Planned } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import { draftPorts, offeredEndpoints } from './connect/draft'
import { connectNamespaceOf, namesOf } from './connect/known'
import { detailsOf, unreadService } from './connect/moves'
import { planConnect } from './connect/plan-connect'
import { freeDiscoveryName, freePortName, type RegisteredName, registeredName } from './connect/registered'
import { resolversOf } from './connect/resolvers'
import { revisionOf, unreadRevision } from './connect/task'
import { deleteRegistryStep, straysOf } from './departures'
import { aliasDnsName } from './fields/names'
import { type MigrateInput, migrateInput } from './inputs/migrate-to-service-connect'
import { counted, listed } from './list-words'
import { serviceByArn, servicesRegisteringIn } from './look-up'
import { ownerRefusal, unknownOwners } from './owner'
import { planned, refuse } from './refuse'
import { serviceRefusal, serviceSeen } from './service-facts'
import { makeStepIds, stepId } from './step-id'
import type { World } from './world'

type Move = Extract<MigrateInput, { part: 'move' }>
type Finish = Extract<MigrateInput, { part: 'finish' }>

const notRegistered = (service: EcsService): Planned =>
  refuse(
    'NotRegistered',
    `${service.name} has no DNS name that callers could be using.`,
    'Switch Service Connect on for it instead; there is nothing to migrate.',
  )

/** A port that the task definition does not have; the plan is refused for it. */
const noPort = {
  isNamed: false,
  isOffered: false,
  portName: 'none',
  appProtocol: '' as const,
  discoveryName: '',
  ingressPort: null,
  idleTimeoutSeconds: null,
  perRequestTimeoutSeconds: null,
}

/** The alias is the DNS name of today with the same port, so that no caller has to be changed. */
function move(input: Move, service: EcsService, registered: RegisteredName, world: World): Planned {
  const { registry, namespace, dnsName } = registered
  if (!aliasDnsName.safeParse(dnsName).success)
    return refuse(
      'AliasImpossible',
      `${dnsName} cannot be an alias of Service Connect, which takes up to 127 lower-case letters, digits and - _ .`,
      'Switch Service Connect on with another alias and change the callers.',
    )
  const details = detailsOf(world, service)
  if (!details) return unreadService(service.name)
  const revision = revisionOf(world, service)
  if (!revision) return unreadRevision(service)
  const offered = namesOf(world, service)
  const already = offered.find(({ alias }) => alias === dnsName)
  const ports = draftPorts({
    service,
    input: revision,
    connect: details.connect,
    namespaceId: namespace.id,
    world,
  })
  const port = ports.find(
    (one) => one.container === input.container && one.containerPort === input.containerPort,
  )
  const {
    isNamed,
    isOffered: _offered,
    ...suggested
  } = port ?? {
    ...noPort,
    container: input.container,
    containerPort: input.containerPort,
  }
  const others = offeredEndpoints(ports).filter(
    (one) => one.container !== input.container || one.containerPort !== input.containerPort,
  )
  const appProtocol = isNamed ? suggested.appProtocol : input.appProtocol
  const inHere = connectNamespaceOf(world, service)?.id === namespace.id
  const endpoint = {
    ...suggested,
    appProtocol,
    portName: isNamed
      ? suggested.portName
      : freePortName(
          appProtocol,
          ports.filter((one) => one.isNamed).map(({ portName }) => portName),
        ),
    discoveryName: already?.discoveryName ?? freeDiscoveryName(registry.name, service, namespace.id, world),
    aliasDnsName: dnsName,
    aliasPort: input.containerPort,
  }
  const { connect } = details
  return planConnect(
    {
      clusterArn: input.clusterArn,
      serviceArn: input.serviceArn,
      wish: {
        mode: 'client and server',
        namespace: { kind: 'existing', id: namespace.id, type: namespace.type },
        endpoints: inHere ? [...others, endpoint] : [endpoint],
        logs: { kind: 'kept' },
        accessLogs:
          (['TEXT', 'JSON'] as const).find((one) => one === connect?.accessLogConfiguration?.format) ?? 'off',
        includeQueryParameters: connect?.accessLogConfiguration?.includeQueryParameters === 'ENABLED',
      },
      makeRoom: input.makeRoom,
      clients: input.clients,
    },
    world,
    {
      title: already
        ? `Move the callers of ${service.name} to Service Connect`
        : `Move ${service.name} to Service Connect`,
      consequences: [
        {
          tone: 'info',
          text: `Callers keep the name ${dnsName} and the port ${input.containerPort}; no variable is changed. DNS goes on answering until you finish.`,
        },
      ],
    },
  )
}

/** Whether the discovery service can go too, and why it stays if not. */
function leftovers(input: Finish, service: EcsService, { registry }: RegisteredName, world: World) {
  const others = servicesRegisteringIn(world, registry.arn).filter((one) => one.arn !== service.arn)
  const strays = straysOf(registry, [service], world)
  const stays =
    others.length > 0
      ? `The discovery service ${registry.name} stays: ${listed(others.map(({ name }) => name))} ${others.length === 1 ? 'registers' : 'register'} there too.`
      : strays.length > 0
        ? `The discovery service ${registry.name} stays: it has ${counted(strays.length, 'instance')} that ${strays.length === 1 ? 'is' : 'are'} not of this service.`
        : input.deleteDiscoveryService
          ? null
          : `The discovery service ${registry.name} stays, without instances.`
  return { goes: stays === null, stays }
}

/** Takes the registry away; refused as long as somebody known still resolves the name by DNS. */
function finish(input: Finish, service: EcsService, registered: RegisteredName, world: World): Planned {
  const { registry, namespace, dnsName } = registered
  const details = detailsOf(world, service)
  if (!details) return unreadService(service.name)
  const isMoved =
    connectNamespaceOf(world, service)?.id === namespace.id &&
    namesOf(world, service).some(({ alias }) => alias === dnsName)
  if (!isMoved)
    return refuse(
      'NotMoved',
      `${service.name} does not offer ${dnsName} by Service Connect in ${namespace.name} yet.`,
      'Move it and its callers first; the registry goes last.',
    )
  const resolvers = resolversOf(service, dnsName, namespace.id, { world })
  if (resolvers.length > 0)
    return refuse(
      'StillResolved',
      resolvers
        .slice(0, 5)
        .map(({ why }) => why)
        .join(' '),
      `Move ${listed(resolvers.map(({ name }) => name))} to Service Connect first, or let them stay and keep the registry.`,
    )
  const { goes, stays } = leftovers(input, service, registered, world)
  const owned = goes
    ? [{ label: `the discovery service ${registry.name}`, tags: world.cloudMapTags[registry.arn] }]
    : []
  const refusal = ownerRefusal(owned)
  if (refusal) return refusal
  const kept = details.registries.filter(({ registryArn }) => registryArn !== registry.arn)
  const consequences: Consequence[] = [
    {
      tone: 'danger',
      text: `${dnsName} stops resolving by DNS: callers outside Service Connect that the map does not show (functions, virtual machines, other VPCs) will fail.`,
    },
    {
      tone: 'info',
      text: `Known callers reach ${service.name} by the same name through Service Connect and notice nothing.`,
    },
    ...(stays === null ? [] : [{ tone: 'info' as const, text: stays }]),
    ...unknownOwners(owned),
  ]
  return planned({
    title: `Finish the move of ${service.name} to Service Connect`,
    steps: [
      planStep(
        {
          command: 'ecs:UpdateService',
          input: { cluster: service.clusterArn, service: service.arn, serviceRegistries: kept },
        },
        {
          id: stepId('remove-registry', service.name),
          sentence: `Stop registering the tasks of ${service.name} as ${dnsName}.`,
          undo: {
            possible: true,
            sentence: `Register the tasks of ${service.name} as ${dnsName} again.`,
            calls: [
              {
                command: 'ecs:UpdateService',
                input: {
                  cluster: service.clusterArn,
                  service: service.arn,
                  serviceRegistries: details.registries,
                },
                wait: { kind: 'service stable', timeoutMs: 15 * 60_000 },
              },
            ],
          },
        },
      ),
      ...(goes ? [deleteRegistryStep(registry, makeStepIds())] : []),
    ],
    seen: [serviceSeen(service, ['status', 'taskDefinitionArn', 'deploymentId'])],
    consequences,
    confirm: goes ? registry.name : null,
  })
}

/**
 * From service discovery to Service Connect without a failed call and without changing a caller (ECS developer guide, "Migrate to Service
 * Connect"): servers first, then clients, the registry last.
 */
export const migrateToServiceConnect: Change<MigrateInput> = {
  kind: 'migrate-to-service-connect',
  schema: migrateInput,
  plan(input, world) {
    const service = serviceByArn(world, input.clusterArn, input.serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    const registered = registeredName(service, world)
    if (!registered) return notRegistered(service)
    return input.part === 'move'
      ? move(input, service, registered, world)
      : finish(input, service, registered, world)
  },
}
