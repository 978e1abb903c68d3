import type { Consequence, PlanStep } from '../plan/plan'
import { namespaceEmpty, planStep } from '../plan/step'
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
import { EXAMPLE_TAG, examples } from './examples/all'
import { type Remains, remainsOf } from './examples/remains'
import { type RemoveExampleInput, removeExampleInput } from './inputs/examples'
import { counted, listed } from './list-words'
import { ownerRefusal, unknownOwners } from './owner'
import { planned, refuse } from './refuse'
import { serviceSeen } from './service-facts'
import { makeStepIds } from './step-id'
import type { World } from './world'

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

function stepsOf(found: Remains, world: World): PlanStep[] {
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
            {
              id: 'delete-namespace',
              sentence: `Delete the namespace ${namespace.name}.`,
              ...(found.isNamespaceLate ? { before: namespaceEmpty } : {}),
            },
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

function consequencesOf(found: Remains, { withCluster }: RemoveExampleInput, world: World): Consequence[] {
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
    const found = remainsOf(input, world)
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
