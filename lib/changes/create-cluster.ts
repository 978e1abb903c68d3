import { planStep } from '../plan/step'
import type { Change } from './change'
import { type CreateClusterInput, createClusterInput } from './inputs/create-cluster'
import { clusterByName, namespaceById } from './look-up'
import { planned, refuse } from './refuse'
import { ecsTagsOf } from './tags'
import type { World } from './world'

/** The call that makes a cluster, as a step; for plans that make more. The namespace is looked up in the world. */
export function clusterStep(input: CreateClusterInput, world: World) {
  const { name, containerInsights, capacityProviders, serviceConnectNamespaceId, tags } = input
  const namespace = namespaceById(world, serviceConnectNamespaceId)
  return planStep(
    {
      command: 'ecs:CreateCluster',
      input: {
        clusterName: name,
        // Left out, the account's own setting decides (ECS API reference, PutAccountSetting).
        ...(containerInsights === 'disabled'
          ? {}
          : { settings: [{ name: 'containerInsights', value: containerInsights }] }),
        ...(capacityProviders.length > 0 ? { capacityProviders } : {}),
        ...(namespace ? { serviceConnectDefaults: { namespace: namespace.arn } } : {}),
        ...ecsTagsOf(tags),
      },
    },
    { id: 'cluster', sentence: `Create the cluster ${name}.` },
  )
}

/** A name that is taken: CreateCluster would answer with the cluster that is there, changing nothing. */
export function clusterRefusal(input: CreateClusterInput, world: World) {
  if (clusterByName(world, input.name))
    return refuse(
      'ClusterExists',
      `There is a cluster ${input.name} already.`,
      'Choose another name, or use that one.',
    )
  if (input.serviceConnectNamespaceId !== '' && !namespaceById(world, input.serviceConnectNamespaceId))
    return refuse(
      'NamespaceGone',
      'The namespace for Service Connect is not there any more.',
      'Choose another one.',
    )
  return null
}

/** Makes an empty cluster. */
export const createCluster: Change<CreateClusterInput> = {
  kind: 'create-cluster',
  schema: createClusterInput,
  plan: (input, world) =>
    clusterRefusal(input, world) ??
    planned({
      title: `Create cluster ${input.name}`,
      steps: [clusterStep(input, world)],
      seen: [{ subject: { kind: 'cluster', cluster: input.name }, facts: null }],
    }),
}
