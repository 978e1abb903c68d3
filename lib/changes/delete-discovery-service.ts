import type { DiscoveryService } from '../inventory/model'
import type { Consequence, Planned } from '../plan/plan'
import type { Change } from './change'
import {
  callerConsequences,
  deleteRegistryStep,
  deregisterStep,
  managerOf,
  nameOfRegistry,
  straysOf,
} from './departures'
import {
  type DeleteDiscoveryServiceInput,
  deleteDiscoveryServiceInput,
} from './inputs/delete-discovery-service'
import { counted, listed } from './list-words'
import { discoveryServiceById, servicesRegisteringIn } from './look-up'
import { ownerRefusal, unknownOwners } from './owner'
import { planned, refuse } from './refuse'
import { makeStepIds } from './step-id'
import type { World } from './world'

/** Why it cannot go now; null when nothing speaks against it. */
function inUseRefusal(registry: DiscoveryService, world: World): Planned | null {
  const manager = managerOf(registry)
  if (manager !== null)
    return refuse(
      'ManagedByEcs',
      `ECS made ${registry.name} for Service Connect and takes it away itself.`,
      `Turn Service Connect off for ${manager.slice(manager.lastIndexOf('/') + 1)}, or delete that service.`,
    )
  const users = servicesRegisteringIn(world, registry.arn).map((service) => service.name)
  return users.length === 0
    ? null
    : refuse(
        'InUse',
        `${listed(users)} ${users.length === 1 ? 'registers' : 'register'} in ${registry.name}; ECS would register anew, and Cloud Map deletes only empty services.`,
        `Delete ${users.length === 1 ? 'that service' : 'those services'} first, with its discovery service.`,
      )
}

/** Deletes a discovery service, its stray instances first. */
export const deleteDiscoveryService: Change<DeleteDiscoveryServiceInput> = {
  kind: 'delete-discovery-service',
  schema: deleteDiscoveryServiceInput,
  plan({ discoveryServiceId, deregisterInstances }, world) {
    const registry = discoveryServiceById(world, discoveryServiceId)
    if (!registry)
      return refuse(
        'DiscoveryServiceGone',
        'This discovery service does not exist any more.',
        'Look at the map.',
      )
    const owned = [{ label: registry.name, tags: world.cloudMapTags[registry.arn] }]
    const refusal = inUseRefusal(registry, world) ?? ownerRefusal(owned)
    if (refusal) return refusal
    if (registry.instances === null)
      return refuse(
        'InstancesNotRead',
        `The instances of ${registry.name} could not be read, and Cloud Map deletes only empty services.`,
        'Allow servicediscovery:ListInstances, then try again.',
      )
    const strays = straysOf(registry, [], world)
    if (strays.length > 0 && !deregisterInstances)
      return refuse(
        'HasInstances',
        `${registry.name} has ${counted(strays.length, 'registered instance')} (${listed(strays.map((one) => one.ipv4 ?? one.id))}).`,
        'Choose to deregister them as well.',
      )
    const ids = makeStepIds()
    const name = nameOfRegistry(registry, world)
    const consequences: Consequence[] = [...callerConsequences([registry.arn], world)]
    if (strays.length > 0)
      consequences.push({
        tone: 'danger',
        text: `${counted(strays.length, 'instance')} will be deregistered.`,
      })
    consequences.push(
      { tone: 'danger', text: `${name} will not be found any more.` },
      ...unknownOwners(owned),
    )
    return planned({
      title: `Delete discovery service ${registry.name}`,
      steps: [
        ...strays.map((instance) => deregisterStep(registry, instance, ids)),
        deleteRegistryStep(registry, ids),
      ],
      seen: [
        {
          subject: { kind: 'discovery service', namespaceId: registry.namespaceId, name: registry.name },
          facts: { id: registry.id, instances: registry.instances.length },
        },
      ],
      consequences,
      confirm: registry.name,
    })
  },
}
