import type { Cluster, DiscoveryService, EcsService, Namespace } from '../inventory/model'
import type { Consequence, PlanStep } from '../plan/plan'
import { planStep } from '../plan/step'
import type { Change } from './change'
import {
  callerConsequences,
  deleteRegistryStep,
  deleteServiceStep,
  deregisterStep,
  nameConsequences,
  straysOf,
  taskConsequences,
} from './departures'
import { EXAMPLE_TAG, examples, familyOf, servicesOf } from './examples/all'
import { type RemoveExampleInput, removeExampleInput } from './inputs/examples'
import { counted, listed } from './list-words'
import { clusterByName, discoveryServiceByName, servicesRegisteringIn } from './look-up'
import { ownerRefusal, unknownOwners } from './owner'
import { planned, refuse } from './refuse'
import { serviceSeen } from './service-facts'
import { makeStepIds } from './step-id'
import type { World } from './world'

type Found = {
  readonly cluster: Cluster | null
  readonly namespace: Namespace | null
  /** Callers first. */
  readonly services: readonly EcsService[]
  readonly registries: readonly DiscoveryService[]
  /** ARNs of ACTIVE revisions that nobody else runs. */
  readonly revisions: readonly string[]
  readonly removesNamespace: boolean
  readonly removesCluster: boolean
}

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

function find(input: RemoveExampleInput, world: World): Found {
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
    return registry && servicesRegisteringIn(world, registry.arn).every((user) => going.has(user.arn))
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
      inventory.discoveryServices.every((one) => one.namespaceId !== namespace.id || left.has(one.id)),
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

/** DeleteTaskDefinitions takes 10 at once (ECS API reference). */
const AT_ONCE = 10

function revisionSteps(arns: readonly string[], ids: ReturnType<typeof makeStepIds>): PlanStep[] {
  const label = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)
  const batches = Array.from({ length: Math.ceil(arns.length / AT_ONCE) }, (_, at) =>
    arns.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  )
  return [
    ...arns.map((arn) =>
      planStep(
        { command: 'ecs:DeregisterTaskDefinition', input: { taskDefinition: arn } },
        { id: ids('deregister-revision', label(arn)), sentence: `Deregister the revision ${label(arn)}.` },
      ),
    ),
    ...batches.map((batch) =>
      planStep(
        { command: 'ecs:DeleteTaskDefinitions', input: { taskDefinitions: batch } },
        {
          id: ids('delete-revisions', ''),
          sentence: `Delete ${listed(batch.map(label))} for good.`,
        },
      ),
    ),
  ]
}

function stepsOf(found: Found, world: World): PlanStep[] {
  const { cluster, namespace, services, registries } = found
  const ids = makeStepIds()
  return [
    ...services.filter((one) => one.status === 'ACTIVE').map((one) => deleteServiceStep(one, ids)),
    ...registries.flatMap((registry) => [
      ...straysOf(registry, services, world).map((instance) => deregisterStep(registry, instance, ids)),
      deleteRegistryStep(registry, ids),
    ]),
    ...(namespace && found.removesNamespace
      ? [
          planStep(
            { command: 'servicediscovery:DeleteNamespace', input: { Id: namespace.id } },
            { id: 'delete-namespace', sentence: `Delete the namespace ${namespace.name}.` },
          ),
        ]
      : []),
    ...revisionSteps(found.revisions, ids),
    ...(cluster && found.removesCluster
      ? [
          planStep(
            { command: 'ecs:DeleteCluster', input: { cluster: cluster.arn } },
            { id: 'delete-cluster', sentence: `Delete the cluster ${cluster.name}.` },
          ),
        ]
      : []),
  ]
}

function consequencesOf(found: Found, { withCluster }: RemoveExampleInput, world: World): Consequence[] {
  const { cluster, namespace, services, registries } = found
  const strays = registries.flatMap((registry) => straysOf(registry, services, world))
  const consequences: Consequence[] = [
    ...callerConsequences(
      [...services, ...registries].map((one) => one.arn),
      world,
    ),
    ...nameConsequences(services, world),
    ...taskConsequences(services),
  ]
  if (strays.length > 0)
    consequences.push({ tone: 'danger', text: `${counted(strays.length, 'instance')} will be deregistered.` })
  if (namespace && !found.removesNamespace)
    consequences.push({ tone: 'info', text: `The namespace ${namespace.name} stays: others use it.` })
  if (cluster && withCluster && !found.removesCluster)
    consequences.push({
      tone: 'info',
      text: `The cluster ${cluster.name} stays: ${cluster.tags[EXAMPLE_TAG] === undefined ? 'the example did not make it' : 'others use it'}.`,
    })
  return consequences
}

/** Takes an example away: services, discovery services, namespace, revisions, cluster, each once nobody needs it. */
export const removeExample: Change<RemoveExampleInput> = {
  kind: 'remove-example',
  schema: removeExampleInput,
  plan(input, world) {
    const found = find(input, world)
    const { cluster, namespace, services, registries } = found
    const { title } = examples[input.example]
    const unread = registries.filter((registry) => registry.instances === null)
    if (unread.length > 0)
      return refuse(
        'InstancesNotRead',
        `The instances of ${listed(unread.map((one) => one.name))} could not be read.`,
        'Allow servicediscovery:ListInstances, then try again.',
      )
    const steps = stepsOf(found, world)
    if (steps.length === 0)
      return refuse(
        'NothingToRemove',
        `Nothing of ${title} is there.`,
        'Check the names of the cluster and the namespace.',
      )
    const owned = [
      ...services.map((one) => ({ label: `the service ${one.name}`, tags: one.tags })),
      ...registries.map((one) => ({
        label: `the discovery service ${one.name}`,
        tags: world.cloudMapTags[one.arn],
      })),
      ...(namespace && found.removesNamespace
        ? [{ label: `the namespace ${namespace.name}`, tags: world.cloudMapTags[namespace.arn] }]
        : []),
      ...(cluster && found.removesCluster
        ? [{ label: `the cluster ${cluster.name}`, tags: cluster.tags }]
        : []),
    ]
    const refusal = ownerRefusal(owned)
    if (refusal) return refusal
    return planned({
      title: `Remove ${title}`,
      steps,
      seen: [
        ...services.filter((one) => one.status === 'ACTIVE').map((one) => serviceSeen(one, ['status'])),
        ...registries.map((registry) => ({
          subject: {
            kind: 'discovery service' as const,
            namespaceId: registry.namespaceId,
            name: registry.name,
          },
          facts: { id: registry.id },
        })),
      ],
      consequences: [...consequencesOf(found, input, world), ...unknownOwners(owned)],
      confirm: input.namespaceName,
    })
  },
}
