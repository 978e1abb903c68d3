import type { Cluster, DiscoveryService, EcsService, Namespace } from '../../inventory/model'
import type { RemoveExampleInput } from '../inputs/examples'
import { clusterByName, discoveryServiceByName, servicesRegisteringIn } from '../look-up'
import type { World } from '../world'
import { EXAMPLE_TAG, examples, familyOf, servicesOf } from './all'

/** What of an example is there and may go. */
export type Remains = {
  readonly cluster: Cluster | null
  readonly namespace: Namespace | null
  /** Callers first. */
  readonly services: readonly EcsService[]
  readonly registries: readonly DiscoveryService[]
  /** ARNs of ACTIVE revisions that nobody else runs. */
  readonly revisions: readonly string[]
  readonly removesNamespace: boolean
  /** ECS takes Service Connect's names out of it some time after the services. */
  readonly isNamespaceLate: boolean
  readonly removesCluster: boolean
}

/** ECS takes its own entries away with the service that they belong to; those of clients name nobody. */
const leavesWith = ({ managedBy, name }: DiscoveryService, going: ReadonlySet<string>): boolean =>
  managedBy === null ? name.startsWith('aws-ecs-sc.client.') : going.has(managedBy)

const familyIn = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1).replace(/:\d+$/, '')

/** Revisions of the families that only the services which go were run from. */
function revisionsOf(
  services: readonly EcsService[],
  names: readonly string[],
  world: World,
): readonly string[] {
  const { inventory, revisionArns } = world
  const gone = new Set(services.map((service) => service.arn))
  const groups = new Set(services.map((service) => `service:${service.name}`))
  const used = new Set([
    ...inventory.services.filter((one) => !gone.has(one.arn)).map((one) => familyIn(one.taskDefinitionArn)),
    ...inventory.tasks
      .filter((task) => task.lastStatus !== 'STOPPED' && !groups.has(task.group))
      .map((task) => familyIn(task.taskDefinitionArn)),
  ])
  const families = new Set(
    [...names.map(familyOf), ...services.map((service) => familyIn(service.taskDefinitionArn))].filter(
      (family) => family !== '' && !used.has(family),
    ),
  )
  const active = revisionArns ?? services.map((service) => service.taskDefinitionArn)
  return [...new Set(active)].filter((arn) => families.has(familyIn(arn)))
}

/** Finds what of an example is there, and what of it others use. */
export function remainsOf(input: RemoveExampleInput, world: World): Remains {
  const { inventory } = world
  const parts = servicesOf(examples[input.example].defaults)
  const cluster = clusterByName(world, input.clusterName)
  const namespace =
    inventory.namespaces.find(
      (one) => one.type === 'DNS_PRIVATE' && one.name.toLowerCase() === input.namespaceName.toLowerCase(),
    ) ?? null
  const services = parts
    .toReversed()
    .flatMap((part) =>
      cluster
        ? inventory.services.filter(
            (one) =>
              one.clusterArn === cluster.arn && one.name === part.serviceName && one.status !== 'INACTIVE',
          )
        : [],
    )
  const going = new Set(services.map((service) => service.arn))
  const registries = parts.flatMap((part) => {
    const registry = namespace && discoveryServiceByName(world, namespace.id, part.name)
    return registry?.managedBy === null &&
      servicesRegisteringIn(world, registry.arn).every((user) => going.has(user.arn))
      ? [registry]
      : []
  })
  const left = new Set(registries.map((registry) => registry.id))
  const inCluster = (one: { readonly clusterArn: string }) => one.clusterArn === cluster?.arn
  return {
    cluster,
    namespace,
    services,
    registries,
    revisions: revisionsOf(
      services,
      parts.map((part) => part.name),
      world,
    ),
    removesNamespace:
      namespace?.servicesRead === true &&
      inventory.discoveryServices.every(
        (one) => one.namespaceId !== namespace.id || left.has(one.id) || leavesWith(one, going),
      ),
    isNamespaceLate:
      namespace !== null &&
      inventory.discoveryServices.some((one) => one.namespaceId === namespace.id && leavesWith(one, going)),
    removesCluster:
      input.withCluster &&
      cluster?.tags[EXAMPLE_TAG] !== undefined &&
      cluster.servicesRead &&
      inventory.services.every((one) => !inCluster(one) || one.status === 'INACTIVE' || going.has(one.arn)) &&
      inventory.undescribedServices.every((one) => !inCluster(one)) &&
      inventory.tasks.every(
        (task) =>
          !inCluster(task) ||
          task.lastStatus === 'STOPPED' ||
          services.some((service) => task.group === `service:${service.name}`),
      ),
  }
}
