import type { Cluster, Namespace } from '../inventory/model'
import type { Consequence, Planned, PlanStep } from '../plan/plan'
import type { Seen } from '../plan/seen'
import { planStep, refTo } from '../plan/step'
import type { Change } from './change'
import { registerStep } from './chosen-definition'
import { connectNamespaceStep, namespaceStep } from './create-namespace'
import { EXAMPLE_TAG, examples, servicesOf } from './examples/all'
import { exampleDefinition, portNameOf } from './examples/definition'
import type { ExampleService } from './examples/example'
import { type Place, placeFor } from './examples/place'
import { type DeployExampleInput, deployExampleInput } from './inputs/examples'
import { counted, listed } from './list-words'
import { clusterByName, discoveryServiceByName, serviceByName } from './look-up'
import { planned, refuse } from './refuse'
import { stepId } from './step-id'
import type { World } from './world'

type Frame = {
  readonly input: DeployExampleInput
  readonly cluster: Cluster | null
  readonly namespace: Namespace | null
  readonly place: Place
  readonly world: World
}

function frameSteps({ input, cluster, namespace, place }: Frame): PlanStep[] {
  const steps: PlanStep[] = []
  if (!cluster)
    steps.push(
      planStep(
        {
          command: 'ecs:CreateCluster',
          input: { clusterName: input.clusterName, tags: [{ key: EXAMPLE_TAG, value: input.example }] },
        },
        { id: 'cluster', sentence: `Create the cluster ${input.clusterName}.` },
      ),
    )
  if (!namespace)
    steps.push(
      (servicesOf(input).some(({ connect }) => connect) ? connectNamespaceStep : namespaceStep)({
        type: 'DNS_PRIVATE',
        name: input.namespaceName,
        vpcId: place.vpcId,
        // Route 53's own default is 900 s; a name that comes soon should not be missed for so long.
        soaTtlSeconds: 15,
        description: '',
        tags: [{ key: EXAMPLE_TAG, value: input.example }],
      }),
    )
  return steps
}

function registryStep(service: ExampleService, { input, namespace }: Frame): PlanStep {
  return planStep(
    {
      command: 'servicediscovery:CreateService',
      input: {
        Name: service.name,
        NamespaceId: namespace?.id ?? refTo('namespace', 'namespaceId'),
        DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 60 }] },
        HealthCheckCustomConfig: {},
        Tags: [{ Key: EXAMPLE_TAG, Value: input.example }],
      },
    },
    {
      id: stepId('discovery-service', service.name),
      sentence: `Create the discovery service ${service.name}, found as ${service.name}.${input.namespaceName}.`,
    },
  )
}

/** Service Connect with the least that it needs: the alias is `<discovery name>.<namespace>`, the port its own. */
const connectOf = (service: ExampleService, { namespace, world }: Frame) => ({
  serviceConnectConfiguration: {
    enabled: true,
    namespace: namespace?.arn ?? refTo('namespace', 'namespaceArn'),
    ...(service.connect === 'client'
      ? {}
      : {
          services: [
            {
              portName: portNameOf(service),
              discoveryName: service.name,
              clientAliases: [{ port: service.port }],
            },
          ],
        }),
  },
  // A call from inside a task shows the way; on AWS that needs a task role, and an example makes none.
  ...(world.inventory.target.kind === 'aws' ? {} : { enableExecuteCommand: true }),
})

/** How others find it, for a person. */
const foundAs = (service: ExampleService, { input }: Frame): string =>
  service.connect === 'client'
    ? 'a client of Service Connect'
    : service.connect
      ? `called as ${service.name}.${input.namespaceName}:${service.port}`
      : `found as ${service.name}.${input.namespaceName}`

function serviceSteps(service: ExampleService, frame: Frame): PlanStep[] {
  const { input, cluster, namespace, place, world } = frame
  const registry = namespace ? discoveryServiceByName(world, namespace.id, service.name) : null
  const definition = registerStep(
    exampleDefinition(input.example, service, world),
    stepId('task-definition', service.name),
  )
  return [
    definition,
    planStep(
      {
        command: 'ecs:CreateService',
        input: {
          cluster: cluster?.arn ?? refTo('cluster', 'clusterArn'),
          serviceName: service.serviceName,
          taskDefinition: refTo(definition.id, 'taskDefinitionArn'),
          desiredCount: service.desiredCount,
          launchType: 'FARGATE',
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: place.network.subnets,
              ...(place.network.securityGroups.length > 0
                ? { securityGroups: place.network.securityGroups }
                : {}),
              assignPublicIp: place.network.assignPublicIp ? 'ENABLED' : 'DISABLED',
            },
          },
          ...(service.connect
            ? connectOf(service, frame)
            : {
                serviceRegistries: [
                  {
                    registryArn:
                      registry?.arn ??
                      refTo(stepId('discovery-service', service.name), 'discoveryServiceArn'),
                  },
                ],
              }),
          tags: [{ key: EXAMPLE_TAG, value: input.example }],
        },
      },
      {
        id: stepId('service', service.serviceName),
        sentence: `Create the service ${service.serviceName} with ${counted(service.desiredCount, 'task')}, ${foundAs(service, frame)}.`,
      },
    ),
  ]
}

/** What is there and stays as it is, and what on AWS will not run as it stands. */
function consequencesOf(there: readonly ExampleService[], made: readonly ExampleService[], world: World) {
  const consequences: Consequence[] = []
  if (there.length > 0)
    consequences.push({
      tone: 'info',
      text: `${listed(there.map((one) => one.serviceName))} ${there.length === 1 ? 'is' : 'are'} there already and ${there.length === 1 ? 'stays as it is' : 'stay as they are'}.`,
    })
  if (world.inventory.target.kind !== 'aws') return consequences
  const own = made
    .map((one) => one.image)
    .filter((image) => !image.includes('/') && !image.startsWith('redis:'))
  if (own.length > 0)
    consequences.push({
      tone: 'warn',
      text: `${listed(own)} ${own.length === 1 ? 'is' : 'are'} not public on AWS: push your own images and register them as new revisions.`,
    })
  consequences.push({
    tone: 'info',
    text: 'On AWS the example writes no logs, because it brings no execution role.',
  })
  return consequences
}

function seenOf({ input, cluster, namespace }: Frame, made: readonly ExampleService[]): Seen[] {
  return [
    cluster
      ? { subject: { kind: 'cluster', cluster: cluster.arn }, facts: { status: cluster.status } }
      : { subject: { kind: 'cluster', cluster: input.clusterName }, facts: null },
    namespace
      ? { subject: { kind: 'namespace', name: namespace.name }, facts: { id: namespace.id } }
      : { subject: { kind: 'namespace', name: input.namespaceName }, facts: null },
    ...(cluster
      ? made.map(
          (service): Seen => ({
            subject: { kind: 'service', cluster: cluster.arn, service: service.serviceName },
            facts: null,
          }),
        )
      : []),
  ]
}

/** Makes what is missing of an example; what is there stays as it is. */
export const deployExample: Change<DeployExampleInput> = {
  kind: 'deploy-example',
  schema: deployExampleInput,
  plan(input, world): Planned {
    const namespace =
      world.inventory.namespaces.find(
        (one) => one.type === 'DNS_PRIVATE' && one.name.toLowerCase() === input.namespaceName.toLowerCase(),
      ) ?? null
    const found = placeFor(world)
    if (!found.ok) return found
    const cluster = clusterByName(world, input.clusterName)
    const frame: Frame = { input, cluster, namespace, place: found.place, world }
    const services = servicesOf(input)
    const known = services.map((service) => ({
      service,
      ecs: cluster && serviceByName(world, cluster.arn, service.serviceName),
      registry: namespace && discoveryServiceByName(world, namespace.id, service.name),
    }))
    const leaving = known.filter(({ ecs }) => ecs?.status === 'DRAINING')
    if (leaving.length > 0)
      return refuse(
        'ServiceDraining',
        `${listed(leaving.map(({ service }) => service.serviceName))} ${leaving.length === 1 ? 'was' : 'were'} deleted and the last tasks are being stopped.`,
        'Wait until they are gone, then deploy again.',
      )
    const made = known.filter(({ ecs }) => !ecs).map(({ service }) => service)
    const registries = known
      .filter(({ ecs, registry, service }) => !ecs && !registry && !service.connect)
      .map(({ service }) => service)
    const clash = known.find(({ ecs, registry, service }) => service.connect && !ecs && registry)
    if (clash)
      return refuse(
        'DiscoveryNameTaken',
        `${input.namespaceName} has a service named ${clash.service.name} already; Service Connect makes its own.`,
        'Choose another namespace.',
      )
    const there = known.filter(({ ecs }) => ecs).map(({ service }) => service)
    if (made.length === 0)
      return refuse(
        'NothingMissing',
        `All of ${examples[input.example].title} is there already.`,
        'Test its calls, or remove it first.',
      )
    return planned({
      title: `Deploy ${examples[input.example].title}`,
      steps: [
        ...frameSteps(frame),
        ...registries.map((service) => registryStep(service, frame)),
        ...made.flatMap((service) => serviceSteps(service, frame)),
      ],
      seen: seenOf(frame, made),
      consequences: consequencesOf(there, made, world),
    })
  },
}
