import type { DiscoveryService, EcsService, Namespace } from '../inventory/model'
import type { Consequence, Planned } from '../plan/plan'
import { namespaceEmpty, planStep } from '../plan/step'
import type { Change } from './change'
import {
  callerConsequences,
  deleteRegistryStep,
  deleteServiceStep,
  deregisterStep,
  managerOf,
  nameConsequences,
  straysOf,
  taskConsequences,
} from './departures'
import { type DeleteNamespaceInput, deleteNamespaceInput } from './inputs/delete-namespace'
import { byName, counted, listed } from './list-words'
import { namespaceById } from './look-up'
import { ownerRefusal, unknownOwners } from './owner'
import { planned, refuse } from './refuse'
import { serviceSeen } from './service-facts'
import { makeStepIds } from './step-id'
import type { World } from './world'

type Contents = {
  readonly registries: readonly DiscoveryService[]
  /** Those that ECS made for Service Connect and takes away itself. */
  readonly managed: readonly DiscoveryService[]
  readonly services: readonly EcsService[]
}

function contentsOf(namespace: Namespace, { inventory }: World): Contents {
  const inside = byName(inventory.discoveryServices.filter((one) => one.namespaceId === namespace.id))
  const managers = new Set(inside.flatMap((one) => managerOf(one) ?? []))
  const arns = new Set(inside.map((one) => one.arn))
  return {
    registries: inside.filter((one) => managerOf(one) === null),
    managed: inside.filter((one) => managerOf(one) !== null),
    services: byName(
      inventory.services.filter(
        (service) =>
          service.status !== 'INACTIVE' &&
          (managers.has(service.arn) || service.registryArns.some((arn) => arns.has(arn))),
      ),
    ),
  }
}

function contentsRefusal(
  namespace: Namespace,
  { registries, services }: Contents,
  input: DeleteNamespaceInput,
  world: World,
): Planned | null {
  if (!namespace.servicesRead)
    return refuse(
      'ServicesNotRead',
      `The services of ${namespace.name} could not be read, and Cloud Map deletes only empty namespaces.`,
      'Allow servicediscovery:ListServices, then try again.',
    )
  if (services.length > 0 && !input.withServices) {
    const names = services.map((service) => service.name)
    return refuse(
      'InUse',
      `${listed(names)} ${names.length === 1 ? 'is' : 'are'} found by names of ${namespace.name}.`,
      'Choose to delete them as well, or delete them first.',
    )
  }
  const unread = registries.filter((registry) => registry.instances === null)
  if (unread.length > 0)
    return refuse(
      'InstancesNotRead',
      `The instances of ${listed(unread.map((one) => one.name))} could not be read.`,
      'Allow servicediscovery:ListInstances, then try again.',
    )
  const strays = registries.flatMap((registry) => straysOf(registry, services, world))
  return strays.length > 0 && !input.deregisterInstances
    ? refuse(
        'HasInstances',
        `${counted(strays.length, 'instance')} of ${namespace.name} would stay registered (${listed(strays.map((one) => one.ipv4 ?? one.id))}).`,
        'Choose to deregister them as well.',
      )
    : null
}

/** Deletes a namespace with its discovery services, and the ECS services that are found there, if wished. */
export const deleteNamespace: Change<DeleteNamespaceInput> = {
  kind: 'delete-namespace',
  schema: deleteNamespaceInput,
  plan(input, world) {
    const namespace = namespaceById(world, input.namespaceId)
    if (!namespace)
      return refuse('NamespaceGone', 'This namespace does not exist any more.', 'Look at the map.')
    const contents = contentsOf(namespace, world)
    const { registries, managed, services } = contents
    const owned = [
      { label: namespace.name, tags: world.cloudMapTags[namespace.arn] },
      ...registries.map((one) => ({
        label: `the discovery service ${one.name}`,
        tags: world.cloudMapTags[one.arn],
      })),
      ...services.map((one) => ({ label: `the service ${one.name}`, tags: one.tags })),
    ]
    const refusal = contentsRefusal(namespace, contents, input, world) ?? ownerRefusal(owned)
    if (refusal) return refusal
    const ids = makeStepIds()
    const strays = registries.flatMap((registry) =>
      straysOf(registry, services, world).map((instance) => ({ registry, instance })),
    )
    const consequences: Consequence[] = [
      ...callerConsequences(
        [...services, ...registries].map((one) => one.arn),
        world,
      ),
      ...nameConsequences(services, world),
      ...taskConsequences(services),
    ]
    if (registries.length > 0)
      consequences.push({
        tone: 'danger',
        text: `Its ${counted(registries.length, 'discovery service')} ${registries.length === 1 ? 'goes' : 'go'} with it: ${listed(registries.map((one) => one.name))}.`,
      })
    if (strays.length > 0)
      consequences.push({
        tone: 'danger',
        text: `${counted(strays.length, 'instance')} will be deregistered.`,
      })
    if (managed.length > 0)
      consequences.push({
        tone: 'info',
        text: 'ECS takes its Service Connect names away some minutes after the services; the last step waits for that.',
      })
    return planned({
      title: `Delete namespace ${namespace.name}`,
      steps: [
        ...services.filter((one) => one.status === 'ACTIVE').map((one) => deleteServiceStep(one, ids)),
        ...strays.map(({ registry, instance }) => deregisterStep(registry, instance, ids)),
        ...registries.map((registry) => deleteRegistryStep(registry, ids)),
        planStep(
          { command: 'servicediscovery:DeleteNamespace', input: { Id: namespace.id } },
          {
            id: 'delete-namespace',
            sentence: `Delete the namespace ${namespace.name}.`,
            ...(managed.length > 0 ? { before: namespaceEmpty } : {}),
          },
        ),
      ],
      seen: [
        {
          subject: { kind: 'namespace', name: namespace.name },
          facts: { id: namespace.id, discoveryServices: registries.length + managed.length },
        },
        ...services.filter((one) => one.status === 'ACTIVE').map((one) => serviceSeen(one, ['status'])),
      ],
      consequences: [...consequences, ...unknownOwners(owned)],
      confirm: namespace.name,
    })
  },
}
