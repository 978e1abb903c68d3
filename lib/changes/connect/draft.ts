import type { EcsService } from '../../inventory/model'
import type { Refused } from '../../plan/plan'
import { hostsIn } from '../../topology/host-names'
import type { ConnectEndpoint } from '../inputs/service-connect'
import { serviceByArn } from '../look-up'
import { serviceRefusal } from '../service-facts'
import type { TaskDefinitionInput } from '../task-definition-json'
import type { ConnectSettings, World } from '../world'
import { clientFacts, hasOtherNames, nodeOfService } from './clients'
import type { ClientFacts } from './help'
import {
  type ConnectName,
  cardName,
  connectNamespaceOf,
  connectOf,
  defaultNamespaceOf,
  namesOf,
  namespaceNamed,
} from './known'
import { detailsOf, unreadService } from './moves'
import { freeDiscoveryName, freePortName, registeredName } from './registered'
import { type Room, roomIn } from './room'
import { revisionOf, taskRefusal, unreadRevision } from './task'

/** A port that the service could offer, with what the form suggests for it. */
export type DraftPort = ConnectEndpoint & {
  /** The revision names it already. */
  readonly isNamed: boolean
  /** It is offered now: its protocol is fixed. */
  readonly isOffered: boolean
}

/** What the form of a service starts from. Plain JSON, nothing secret: no environment, no log secrets. */
export type ConnectDraft = {
  readonly clusterArn: string
  readonly serviceArn: string
  readonly name: string
  readonly mode: 'off' | 'client' | 'client and server'
  /** Where it is by Service Connect, or where it registers, or the cluster's default; null: nothing suggests one. */
  readonly namespaceId: string | null
  /** The cluster's default, by name; null: none. */
  readonly clusterDefault: { readonly id: string; readonly name: string } | null
  readonly ports: readonly DraftPort[]
  /** What it offers now. */
  readonly offered: readonly ConnectName[]
  readonly hasLogs: boolean
  readonly accessLogs: 'off' | 'TEXT' | 'JSON'
  readonly includeQueryParameters: boolean
  readonly room: Room
  readonly tasks: number
  readonly clients: readonly ClientFacts[]
  readonly hasOtherNames: boolean
  /** The DNS name that callers use today; null: none, so there is nothing to migrate from. */
  readonly dnsName: string | null
  /** The alias is the DNS name: callers that are clients go by Service Connect. */
  readonly isMoved: boolean
}

/** The form's start, or why Service Connect cannot be had for this service. */
export type Drafted = { readonly ok: true; readonly draft: ConnectDraft } | ({ readonly ok: false } & Refused)

/** Ports of databases, caches and queues that people run in tasks. */
const plainPorts = [1_433, 3_306, 5_432, 5_672, 6_379, 9_042, 9_092, 11_211, 27_017]

/** What a port speaks, by what its callers' variables say, else by its number. */
function protocolOf(service: EcsService, port: number, world: World): ConnectEndpoint['appProtocol'] {
  const node = nodeOfService(world, service)
  const names = new Set(
    world.topology.edges
      .filter(({ target }) => target === node?.id)
      .flatMap(({ evidence }) => evidence.flatMap((one) => (one.kind === 'declared' ? [one.host] : []))),
  )
  const schemes = Object.values(world.inventory.taskDefinitions)
    .flatMap(({ containers }) => containers.flatMap(({ environment }) => Object.values(environment)))
    .flatMap((value) => hostsIn(value))
    .filter((named) => names.has(named.host) && (named.port === null || named.port === port))
    .map(({ scheme }) => scheme)
  if (schemes.some((scheme) => scheme !== null && /^(http|ws)s?$/.test(scheme))) return 'http'
  if (schemes.some((scheme) => scheme === 'grpc')) return 'grpc'
  return plainPorts.includes(port) ? '' : 'http'
}

type Mapped = {
  readonly container: string
  readonly containerPort: number
  readonly name: string | null
  readonly appProtocol: ConnectEndpoint['appProtocol']
}

/** The TCP ports of a revision. */
function mappedPorts(input: TaskDefinitionInput): readonly Mapped[] {
  return (input.containerDefinitions ?? []).flatMap(({ name: container = '', portMappings = [] }) =>
    portMappings.flatMap(({ containerPort, protocol, name, appProtocol }): Mapped[] =>
      containerPort === undefined || (protocol !== undefined && protocol !== 'tcp')
        ? []
        : [
            {
              container,
              containerPort,
              name: name ?? null,
              appProtocol: (['http', 'http2', 'grpc'] as const).find((one) => one === appProtocol) ?? '',
            },
          ],
    ),
  )
}

/** An alias that people would type: `backend-api`. */
const aliasFor = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .replace(/\.{2,}/g, '.')
    .slice(0, 127)

type Frame = {
  readonly service: EcsService
  readonly input: TaskDefinitionInput
  readonly connect: ConnectSettings | null
  readonly namespaceId: string | null
  readonly world: World
}

/** The entry that the service has for a port now. */
function offeredAs({ connect }: Frame, mapped: Mapped) {
  return mapped.name === null
    ? undefined
    : connect?.services?.find(({ portName }) => portName === mapped.name)
}

function draftPort(
  frame: Frame,
  mapped: Mapped,
  at: number,
  portNames: readonly (string | null)[],
): DraftPort {
  const { service, namespaceId, world } = frame
  const entry = offeredAs(frame, mapped)
  const { container, containerPort } = mapped
  const isNamed = mapped.name !== null
  const appProtocol = isNamed ? mapped.appProtocol : protocolOf(service, containerPort, world)
  const place = { container, containerPort, isNamed, isOffered: entry !== undefined, appProtocol }
  if (entry) {
    const [alias] = entry.clientAliases ?? []
    return {
      ...place,
      portName: mapped.name ?? '',
      discoveryName: entry.discoveryName ?? '',
      aliasDnsName: alias?.dnsName ?? '',
      aliasPort: alias?.port ?? containerPort,
      ingressPort: entry.ingressPortOverride ?? null,
      idleTimeoutSeconds: entry.timeout?.idleTimeoutSeconds ?? null,
      perRequestTimeoutSeconds: entry.timeout?.perRequestTimeoutSeconds ?? null,
    }
  }
  const portName = mapped.name ?? freePortName(appProtocol, portNames)
  const called = aliasFor(cardName(world, service))
  const wanted = at === 0 ? called : `${called}-${portName}`
  return {
    ...place,
    portName,
    discoveryName:
      namespaceId === null ? wanted.slice(0, 64) : freeDiscoveryName(wanted, service, namespaceId, world),
    aliasDnsName: wanted,
    aliasPort: containerPort,
    ingressPort: null,
    idleTimeoutSeconds: null,
    perRequestTimeoutSeconds: null,
  }
}

/** The ports of a service as the form shows them: as they are offered, else as they could be. */
export function draftPorts(frame: Frame): readonly DraftPort[] {
  const mapped = mappedPorts(frame.input)
  const names = mapped.map(({ name }) => name)
  const taken = [...names]
  return mapped.map((one, at) => {
    const port = draftPort(frame, one, at, taken)
    taken.push(port.portName)
    return port
  })
}

const modeOf = (connect: ConnectSettings | null): ConnectDraft['mode'] =>
  connect === null ? 'off' : (connect.services ?? []).length > 0 ? 'client and server' : 'client'

/** Only what is offered, as a wish has it. */
export const offeredEndpoints = (ports: readonly DraftPort[]): readonly ConnectEndpoint[] =>
  ports
    .filter(({ isOffered }) => isOffered)
    .map(({ isNamed: _named, isOffered: _offered, ...endpoint }) => endpoint)

/** What the form starts from, or why Service Connect cannot be had for this service. Pure and total. */
export function draftOf(clusterArn: string, serviceArn: string, world: World): Drafted {
  const service = serviceByArn(world, clusterArn, serviceArn)
  if (service?.status !== 'ACTIVE') {
    const refused = serviceRefusal(service)
    return refused.ok ? unreadService(serviceArn) : refused
  }
  const details = detailsOf(world, service)
  if (!details) return unreadService(service.name)
  const input = revisionOf(world, service)
  if (!input) return unreadRevision(service)
  const { connect } = details
  const refused = connect === null ? taskRefusal(service, input, world) : null
  if (refused) return refused
  const named = defaultNamespaceOf(world, clusterArn)
  const clusterDefault = named === null ? null : namespaceNamed(world, named)
  const registered = registeredName(service, world)
  const namespaceId =
    connectNamespaceOf(world, service)?.id ?? registered?.namespace.id ?? clusterDefault?.id ?? null
  const offered = namesOf(world, service)
  return {
    ok: true,
    draft: {
      clusterArn,
      serviceArn,
      name: cardName(world, service),
      mode: modeOf(connect),
      namespaceId,
      clusterDefault: clusterDefault && { id: clusterDefault.id, name: clusterDefault.name },
      ports: draftPorts({ service, input, connect, namespaceId, world }),
      offered,
      hasLogs: connect?.logConfiguration !== undefined,
      accessLogs:
        (['TEXT', 'JSON'] as const).find((one) => one === connect?.accessLogConfiguration?.format) ?? 'off',
      includeQueryParameters: connect?.accessLogConfiguration?.includeQueryParameters === 'ENABLED',
      room: roomIn(input, service.launchType),
      tasks: service.desired,
      clients: clientFacts(service, world).map(({ service: _service, ...facts }) => facts),
      hasOtherNames: hasOtherNames(namespaceId, offered, world),
      dnsName: registered?.dnsName ?? null,
      isMoved: connectOf(service) !== null && offered.some(({ alias }) => alias === registered?.dnsName),
    },
  }
}
