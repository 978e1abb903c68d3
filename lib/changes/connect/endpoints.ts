import type { EcsService } from '../../inventory/model'
import type { Planned } from '../../plan/plan'
import type { ConnectEndpoint } from '../inputs/service-connect'
import type { TaskDefinitionInput } from '../task-definition-json'
import type { World } from '../world'
import { connectOf, membersOf, namesOf, wordOf } from './known'
import { discoveryNameOf, nameOfEndpoint } from './names'
import { mappingOf } from './revise'

type Refusal = Extract<Planned, { ok: false }>
const refusal = (code: string, message: string, remedy: string): Refusal => ({
  ok: false,
  code,
  message,
  remedy,
})

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

/** What the task definition has against an endpoint. */
function portRefusal(
  endpoint: ConnectEndpoint,
  service: EcsService,
  input: TaskDefinitionInput,
): Refusal | null {
  const label = lastPart(service.taskDefinitionArn)
  const { container, containerPort, portName, appProtocol, ingressPort } = endpoint
  const containers = input.containerDefinitions ?? []
  const mapping = mappingOf(input, endpoint)
  if (!mapping)
    return refusal(
      'PortMissing',
      `The container ${container} of ${label} maps no TCP port ${containerPort}.`,
      'Choose a port that the task definition has, or register a revision with it.',
    )
  const named = containers
    .flatMap(({ portMappings }) => portMappings ?? [])
    .find((one) => one.name === portName)
  if (named && named !== mapping)
    return refusal(
      'PortNameTaken',
      `Another port of ${label} is named ${portName}.`,
      `Choose another name for port ${containerPort}.`,
    )
  const offered = connectOf(service)?.services.some((one) => one.portName === mapping.name) === true
  if (offered && (mapping.appProtocol ?? '') !== appProtocol)
    return refusal(
      'AppProtocolFixed',
      `${service.name} runs with port ${portName} as ${mapping.appProtocol ?? 'plain TCP'}; ECS does not change the protocol of a Service Connect service.`,
      'Keep it, or delete the service and create it anew.',
    )
  const others = containers.flatMap(({ portMappings }) => portMappings ?? []).filter((one) => one !== mapping)
  if (ingressPort !== null && others.some((one) => one.containerPort === ingressPort))
    return refusal(
      'PortCollision',
      `The proxy cannot listen on ${ingressPort}: another port of ${label} is the same.`,
      'Choose another port for the proxy, or leave it empty.',
    )
  return null
}

/** Who in the namespace has the discovery name already; null: nobody but this service. */
function discoveryNameRefusal(
  name: string,
  service: EcsService,
  namespaceId: string,
  world: World,
): Refusal | null {
  const taken = world.inventory.discoveryServices.find(
    (one) =>
      one.namespaceId === namespaceId &&
      one.name.toLowerCase() === name.toLowerCase() &&
      one.managedBy !== service.arn,
  )
  return taken
    ? refusal(
        'DiscoveryNameTaken',
        taken.managedBy === null
          ? `The namespace has a discovery service named ${taken.name}; Service Connect makes one of its own and cannot use it.`
          : `The discovery name ${taken.name} is that of ${lastPart(taken.managedBy)} in this namespace.`,
        `Choose another discovery name, for example ${name}-sc. What clients call is the alias, and that can stay.`,
      )
    : null
}

/** What AWS would refuse of these endpoints (ECS developer guide, "Service Connect"); null: nothing. */
export function endpointsRefusal(
  endpoints: readonly ConnectEndpoint[],
  service: EcsService,
  input: TaskDefinitionInput,
  namespace: { readonly id: string | null; readonly name: string },
  world: World,
): Refusal | null {
  const ingress = endpoints.map(({ ingressPort, containerPort }) => ingressPort ?? containerPort)
  const twice = ingress.find((port, at) => ingress.indexOf(port) !== at)
  // In network mode bridge every proxy gets a port of its own.
  if (twice !== undefined && input.networkMode === 'awsvpc')
    return refusal(
      'PortCollision',
      `Two endpoints would take traffic in on port ${twice}.`,
      'Give one of them another port for the proxy.',
    )
  for (const endpoint of endpoints) {
    const refused = portRefusal(endpoint, service, input)
    if (refused) return refused
    const { id } = namespace
    if (id === null) continue
    const name = nameOfEndpoint(endpoint, namespace.name)
    const clash = discoveryNameRefusal(discoveryNameOf(endpoint), service, id, world)
    if (clash) return clash
    const owner = membersOf(world, id).find(
      (one) => one.arn !== service.arn && namesOf(world, one).some((other) => wordOf(other) === wordOf(name)),
    )
    if (owner)
      return refusal(
        'AliasTaken',
        `${owner.name} offers ${wordOf(name)} in ${namespace.name} already.`,
        'Choose another alias or another port.',
      )
  }
  return null
}
