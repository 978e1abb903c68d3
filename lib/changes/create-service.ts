import type { Consequence, Planned, PlanStep } from '../plan/plan'
import type { Seen } from '../plan/seen'
import { planStep, refTo } from '../plan/step'
import type { Change } from './change'
import { type ChosenConnect, chooseConnect, connectOf, waitingClients } from './chosen-connect'
import { type ChosenDefinition, chooseDefinition, launchRefusal } from './chosen-definition'
import { networkOf, networkRefusal } from './chosen-network'
import { type ChosenRegistry, chooseRegistry, registriesOf, registryRefusal } from './chosen-registry'
import { wordOf } from './connect/known'
import { clusterRefusal, clusterStep } from './create-cluster'
import { rolloutSentence } from './deployment-words'
import { type CreateServiceInput, createServiceInput } from './inputs/create-service'
import { listed } from './list-words'
import { clusterByArn, serviceByName } from './look-up'
import { planned, refuse } from './refuse'
import { stepId } from './step-id'
import { ecsTagsOf } from './tags'
import type { World } from './world'

/** Why the service cannot stand in this cluster; null when nothing speaks against it. */
function placeRefusal({ cluster: choice, name }: CreateServiceInput, world: World): Planned | null {
  if (choice.kind === 'new') return clusterRefusal(choice.cluster, world)
  const cluster = clusterByArn(world, choice.arn)
  if (!cluster)
    return refuse(
      'ClusterGone',
      'The cluster is not there any more.',
      'Choose another cluster, or create one.',
    )
  const same = serviceByName(world, cluster.arn, name)
  if (!same) return null
  return same.status === 'DRAINING'
    ? refuse(
        'ServiceDraining',
        `A service ${name} was deleted in ${cluster.name} and its last tasks are being stopped.`,
        'Wait until it is gone, or choose another name.',
      )
    : refuse('ServiceExists', `${cluster.name} has a service ${name} already.`, 'Choose another name.')
}

type Parts = {
  readonly definition: ChosenDefinition
  readonly registry: ChosenRegistry
  readonly connect: ChosenConnect
}

/** `user-svc:80`: what callers name over Service Connect, where the plan gives them a name of its own. */
const aliasesOf = ({ serviceConnect }: CreateServiceInput): readonly string[] =>
  serviceConnect.kind === 'client and server'
    ? serviceConnect.endpoints.flatMap(({ aliasDnsName, aliasPort }) =>
        aliasDnsName === '' ? [] : [wordOf({ alias: aliasDnsName, port: aliasPort })],
      )
    : []

function serviceStep(input: CreateServiceInput, { definition, registry, connect }: Parts): PlanStep {
  const { name, desiredCount, capacity, deployment } = input
  const names = [...(registry.dnsName === null ? [] : [registry.dnsName]), ...aliasesOf(input)]
  const found = names.length === 0 ? '' : `, found as ${listed(names)}`
  return planStep(
    {
      command: 'ecs:CreateService',
      input: {
        cluster: input.cluster.kind === 'new' ? refTo('cluster', 'clusterArn') : input.cluster.arn,
        serviceName: name,
        taskDefinition: definition.arn,
        desiredCount,
        ...(capacity.kind === 'launch type'
          ? { launchType: capacity.launchType }
          : {
              capacityProviderStrategy: capacity.strategy.map(({ provider, weight, base }) => ({
                capacityProvider: provider,
                weight,
                base,
              })),
            }),
        ...networkOf(input.network, definition),
        deploymentConfiguration: {
          minimumHealthyPercent: deployment.minimumHealthyPercent,
          maximumPercent: deployment.maximumPercent,
          deploymentCircuitBreaker: { enable: deployment.circuitBreaker, rollback: deployment.rollback },
        },
        ...registriesOf(input, registry),
        ...connectOf(input, connect),
        ...(input.enableExecuteCommand ? { enableExecuteCommand: true } : {}),
        ...(input.propagateTags === 'NONE' ? {} : { propagateTags: input.propagateTags }),
        ...ecsTagsOf(input.tags),
      },
    },
    {
      id: stepId('service', name),
      sentence: `Create the service ${name} with ${desiredCount} ${desiredCount === 1 ? 'task' : 'tasks'} of ${definition.label}${found}.`,
    },
  )
}

function consequencesOf(
  input: CreateServiceInput,
  { definition, registry, connect }: Parts,
  world: World,
): Consequence[] {
  const consequences: Consequence[] = [...registry.consequences, ...connect.consequences]
  for (const text of definition.remarks) consequences.push({ tone: 'info', text })
  if (input.desiredCount === 0)
    consequences.push({ tone: 'info', text: 'No task starts until the desired count is raised.' })
  else
    consequences.push({
      tone: 'info',
      text: rolloutSentence(
        input.desiredCount,
        input.deployment.minimumHealthyPercent,
        input.deployment.maximumPercent,
      ),
    })
  const waiting = waitingClients(input, world)
  if (waiting.length > 0)
    consequences.push({
      tone: 'warn',
      text: `${listed(waiting)} ${waiting.length === 1 ? 'was' : 'were'} deployed before the new name exists: ${waiting.length === 1 ? 'it' : 'they'} must be redeployed to resolve it.`,
    })
  return consequences
}

function seenOf(input: CreateServiceInput, { registry, connect }: Parts): Seen[] {
  const { cluster, name } = input
  const place: Seen[] =
    cluster.kind === 'new'
      ? [{ subject: { kind: 'cluster', cluster: cluster.cluster.name }, facts: null }]
      : [
          { subject: { kind: 'cluster', cluster: cluster.arn }, facts: { status: 'ACTIVE' } },
          { subject: { kind: 'service', cluster: cluster.arn, service: name }, facts: null },
        ]
  return [...place, ...registry.seen, ...connect.seen]
}

/** Steps in the order in which they need each other. */
function stepsOf(input: CreateServiceInput, parts: Parts, world: World): PlanStep[] {
  return [
    ...(input.cluster.kind === 'new' ? [clusterStep(input.cluster.cluster, world)] : []),
    ...parts.registry.steps,
    ...parts.connect.steps,
    ...parts.definition.steps,
    serviceStep(input, parts),
  ]
}

/** Makes an ECS service with what it needs: cluster, namespace, discovery service and task definition, each there or new. */
export const createService: Change<CreateServiceInput> = {
  kind: 'create-service',
  schema: createServiceInput,
  plan(input, world) {
    const place = placeRefusal(input, world)
    if (place) return place
    const chosenDefinition = chooseDefinition(input.taskDefinition, world)
    if (!chosenDefinition.ok) return chosenDefinition
    const chosenRegistry = chooseRegistry(input, world)
    if (!chosenRegistry.ok) return chosenRegistry
    const { chosen: definition } = chosenDefinition
    const { registry } = chosenRegistry
    const chosenConnect = chooseConnect(input, registry, definition, world)
    if (!chosenConnect.ok) return chosenConnect
    const refusal =
      launchRefusal(
        input.capacity.kind === 'launch type' ? input.capacity.launchType : 'FARGATE',
        definition,
      ) ??
      networkRefusal(input.network, definition, registry.vpcId, world) ??
      registryRefusal(input, registry, definition)
    if (refusal) return refusal
    const parts: Parts = { definition, registry, connect: chosenConnect.connect }
    return planned({
      title: `Create service ${input.name}`,
      steps: stepsOf(input, parts, world),
      seen: seenOf(input, parts),
      consequences: consequencesOf(input, parts, world),
    })
  },
}
