import type { WithRefs } from '../plan/command'
import type { Consequence, Planned, PlanStep } from '../plan/plan'
import type { Seen } from '../plan/seen'
import { refTo } from '../plan/step'
import type { ChosenDefinition } from './chosen-definition'
import type { ChosenRegistry } from './chosen-registry'
import { cardName, membersOf, namesOf, wordOf } from './connect/known'
import { connectNamespaceStep, namespaceFacts, namespaceRefusal } from './create-namespace'
import type { CreateServiceInput } from './inputs/service-shape'
import { discoveryServiceByName, namespaceById } from './look-up'
import type { World } from './world'

type ServiceConnectInput = Exclude<CreateServiceInput['serviceConnect'], { kind: 'none' }>

/** Service Connect of a new service, as parts of its plan. */
export type ChosenConnect = {
  readonly steps: readonly PlanStep[]
  readonly seen: readonly Seen[]
  readonly consequences: readonly Consequence[]
  readonly namespaceArn: WithRefs<string> | null
}

type Refusal = Extract<Planned, { ok: false }>
type Chosen = { readonly ok: true; readonly connect: ChosenConnect } | Refusal

const none: ChosenConnect = { steps: [], seen: [], consequences: [], namespaceArn: null }
const refusal = (code: string, message: string, remedy: string): Refusal => ({
  ok: false,
  code,
  message,
  remedy,
})

function chooseNamespace(input: ServiceConnectInput, registry: ChosenRegistry, world: World): Chosen {
  const { namespace } = input
  switch (namespace.kind) {
    case 'same':
      return registry.namespaceArn === null
        ? refusal(
            'NamespaceMissing',
            'Service Connect shall use the namespace of the discovery service, and there is none.',
            'Choose a namespace for Service Connect.',
          )
        : { ok: true, connect: { ...none, namespaceArn: registry.namespaceArn } }
    case 'existing': {
      const found = namespaceById(world, namespace.id)
      return found
        ? {
            ok: true,
            connect: {
              ...none,
              namespaceArn: found.arn,
              seen: [{ subject: { kind: 'namespace', name: found.name }, facts: { id: found.id } }],
            },
          }
        : refusal(
            'NamespaceGone',
            'The namespace for Service Connect is not there any more.',
            'Choose another one.',
          )
    }
    case 'new': {
      const refused = namespaceRefusal(namespace.namespace, world)
      if (refused && !refused.ok) return refused
      const step = connectNamespaceStep(namespace.namespace, 'service-connect-namespace')
      return {
        ok: true,
        connect: {
          steps: [step],
          namespaceArn: refTo(step.id, 'namespaceArn'),
          ...namespaceFacts(namespace.namespace, world),
        },
      }
    }
  }
}

/** Names and ports that the namespace and the task definition must have free and ready (ECS developer guide, "Service Connect"). */
function endpointRefusal(
  input: ServiceConnectInput,
  registry: ChosenRegistry,
  definition: ChosenDefinition,
  world: World,
): Refusal | null {
  const { networkMode, ports, label } = definition
  if (networkMode === 'host' || networkMode === 'none')
    return refusal(
      'NetworkMode',
      `${label} uses network mode ${networkMode}, in which Service Connect has no place for its proxy.`,
      'Choose a task definition in network mode awsvpc or bridge.',
    )
  if (input.kind === 'client') return null
  const namespaceId = input.namespace.kind === 'existing' ? input.namespace.id : null
  const namespace = namespaceId === null ? null : namespaceById(world, namespaceId)
  for (const { portName, discoveryName, aliasDnsName, aliasPort } of input.endpoints) {
    const name = discoveryName || portName
    if (ports && !ports.some((port) => port.name === portName))
      return refusal(
        'PortMissing',
        `${label} has no port named ${portName}.`,
        'Name the port in a new revision, or choose another.',
      )
    const taken =
      (namespaceId !== null && discoveryServiceByName(world, namespaceId, name) !== null) ||
      (input.namespace.kind === 'same' && registry.dnsName?.split('.', 1)[0] === name)
    if (taken)
      return refusal(
        'DiscoveryNameTaken',
        `The namespace has a service named ${name} already; Service Connect makes its own.`,
        `Choose another discovery name, for example ${name}-sc.`,
      )
    if (!namespace) continue
    const called = wordOf({
      alias: aliasDnsName || `${name}.${namespace.name}`.toLowerCase(),
      port: aliasPort,
    })
    const owner = membersOf(world, namespace.id).find((one) =>
      namesOf(world, one).some((other) => wordOf(other) === called),
    )
    if (owner)
      return refusal(
        'AliasTaken',
        `${owner.name} offers ${called} in ${namespace.name} already.`,
        'Choose another alias or another port.',
      )
  }
  return null
}

/** Service Connect of a new service: its namespace, made when it is new, or why it cannot be. */
export function chooseConnect(
  { serviceConnect }: CreateServiceInput,
  registry: ChosenRegistry,
  definition: ChosenDefinition,
  world: World,
): Chosen {
  if (serviceConnect.kind === 'none') return { ok: true, connect: none }
  return (
    endpointRefusal(serviceConnect, registry, definition, world) ??
    chooseNamespace(serviceConnect, registry, world)
  )
}

/** Clients that run already and will not see the names of a new server before they are redeployed. */
export function waitingClients({ serviceConnect }: CreateServiceInput, world: World): readonly string[] {
  if (serviceConnect.kind !== 'client and server' || serviceConnect.namespace.kind !== 'existing') return []
  return membersOf(world, serviceConnect.namespace.id).map((service) => cardName(world, service))
}

/** `serviceConnectConfiguration` of the call. */
export function connectOf({ serviceConnect }: CreateServiceInput, { namespaceArn }: ChosenConnect) {
  if (serviceConnect.kind === 'none' || namespaceArn === null) return {}
  return {
    serviceConnectConfiguration: {
      enabled: true,
      namespace: namespaceArn,
      ...(serviceConnect.kind === 'client'
        ? {}
        : {
            services: serviceConnect.endpoints.map(
              ({ portName, discoveryName, aliasDnsName, aliasPort }) => ({
                portName,
                ...(discoveryName === '' ? {} : { discoveryName }),
                clientAliases: [
                  { port: aliasPort, ...(aliasDnsName === '' ? {} : { dnsName: aliasDnsName }) },
                ],
              }),
            ),
          }),
    },
  }
}
