import type { DiscoveryService, EcsService } from '../inventory/model'
import type { Consequence } from '../plan/plan'
import type { Change } from './change'
import {
  callerConsequences,
  deleteRegistryStep,
  deleteServiceStep,
  nameConsequences,
  nameOfRegistry,
  straysOf,
  taskConsequences,
} from './departures'
import { type DeleteServiceInput, deleteServiceInput } from './inputs/delete-service'
import { counted, listed } from './list-words'
import { serviceByArn, servicesRegisteringIn } from './look-up'
import { ownerRefusal, unknownOwners } from './owner'
import { planned } from './refuse'
import { serviceRefusal, serviceSeen } from './service-facts'
import { makeStepIds } from './step-id'
import type { World } from './world'

/** Which of its discovery services can go with it, and why others stay. */
function registriesOf(service: EcsService, world: World) {
  const going: DiscoveryService[] = []
  const staying: Consequence[] = []
  for (const registry of world.inventory.discoveryServices) {
    if (!service.registryArns.includes(registry.arn)) continue
    const others = servicesRegisteringIn(world, registry.arn).filter((one) => one.arn !== service.arn)
    const strays = straysOf(registry, [service], world)
    if (others.length > 0)
      staying.push({
        tone: 'warn',
        text: `The discovery service ${registry.name} stays: ${listed(others.map((one) => one.name))} ${others.length === 1 ? 'registers' : 'register'} there too.`,
      })
    else if (strays.length > 0)
      staying.push({
        tone: 'warn',
        text: `The discovery service ${registry.name} stays: it has ${counted(strays.length, 'instance')} that ${strays.length === 1 ? 'is' : 'are'} not of this service.`,
      })
    else going.push(registry)
  }
  return { going, staying }
}

/** Deletes an ECS service with its tasks, and the discovery service that only it uses, if wished. */
export const deleteService: Change<DeleteServiceInput> = {
  kind: 'delete-service',
  schema: deleteServiceInput,
  plan({ clusterArn, serviceArn, withDiscoveryService }, world) {
    const service = serviceByArn(world, clusterArn, serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    const { going, staying } = registriesOf(service, world)
    const registries = withDiscoveryService ? going : []
    const owned = [
      { label: service.name, tags: service.tags },
      ...registries.map((registry) => ({
        label: `the discovery service ${registry.name}`,
        tags: world.cloudMapTags[registry.arn],
      })),
    ]
    const refusal = ownerRefusal(owned)
    if (refusal) return refusal
    const ids = makeStepIds()
    const kept: Consequence[] = withDiscoveryService
      ? staying
      : [
          ...staying,
          ...going.map((registry) => ({
            tone: 'info' as const,
            text: `The discovery service ${nameOfRegistry(registry, world)} stays, without instances.`,
          })),
        ]
    return planned({
      title: `Delete service ${service.name}`,
      steps: [
        deleteServiceStep(service, ids),
        ...registries.map((registry) => deleteRegistryStep(registry, ids)),
      ],
      seen: [serviceSeen(service, ['status', 'taskDefinitionArn'])],
      consequences: [
        ...callerConsequences([service.arn], world),
        ...nameConsequences([service], world),
        ...taskConsequences([service]),
        ...kept,
        ...unknownOwners(owned),
      ],
      confirm: service.name,
    })
  },
}
