import { z } from 'zod'
import { clusterArn, discoveryServiceId, taskDefinitionArn } from '../fields/arn'
import { port } from '../fields/container'
import { aliasDnsName, endpointName } from '../fields/names'
import { networkInput } from '../fields/network'
import { ecsTags } from '../fields/tags'
import { taskDefinitionForm } from '../fields/task-definition'
import { taskDefinitionJson } from '../fields/task-definition-json'
import { ecsName, wholeNumber } from '../fields/text'
import { createClusterInput } from './create-cluster'
import { createDiscoveryServiceInput, namespaceChoice } from './create-discovery-service'

/** 5,000 tasks per service (ECS service quotas). */
export const MOST_TASKS = 5_000
/** Cloud Map takes 1,000 instances per service, which bounds the tasks of an ECS service that registers there. */
export const MOST_DISCOVERABLE_TASKS = 1_000

export const taskDefinitionChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('existing'), arn: taskDefinitionArn }),
  z.object({ kind: z.literal('form'), form: taskDefinitionForm }),
  z.object({ kind: z.literal('json'), text: taskDefinitionJson }),
])

export type TaskDefinitionChoice = z.infer<typeof taskDefinitionChoice>

/** ECS API reference, CapacityProviderStrategyItem. */
const capacity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('launch type'), launchType: z.enum(['FARGATE', 'EC2']) }),
  z.object({
    kind: z.literal('providers'),
    strategy: z
      .array(
        z.object({
          provider: ecsName('capacity provider'),
          weight: wholeNumber('The weight', 0, 1_000),
          base: wholeNumber('The base', 0, 100_000),
        }),
      )
      .min(1, 'Choose at least one capacity provider.')
      .max(20, 'At most 20 capacity providers.')
      .superRefine((items, context) => {
        if (items.length > 0 && items.every(({ weight }) => weight === 0))
          context.addIssue({
            code: 'custom',
            path: [0, 'weight'],
            message: 'At least one weight is above 0.',
          })
        items.forEach((item, index) => {
          if (items.slice(0, index).some((other) => other.provider === item.provider))
            context.addIssue({
              code: 'custom',
              path: [index, 'provider'],
              message: 'This provider is listed twice.',
            })
          if (item.base > 0 && items.slice(0, index).some((other) => other.base > 0))
            context.addIssue({
              code: 'custom',
              path: [index, 'base'],
              message: 'Only one provider can have a base.',
            })
        })
      }),
  }),
])

const containerName = z
  .string()
  .max(255, 'A name has at most 255 characters.')
  .regex(/^[A-Za-z0-9_-]*$/, 'This is no container name.')
const registryPort = { containerName, containerPort: port.nullable() }

/** How others find the service by DNS and DiscoverInstances. Name and port of a container are for SRV records only: else '' and null. */
const registry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('existing'),
    id: discoveryServiceId,
    /** As the form knows it; SRV asks for a port. */
    recordTypes: z.array(z.string().max(10)).max(4),
    ...registryPort,
  }),
  z.object({ kind: z.literal('new'), service: createDiscoveryServiceInput, ...registryPort }),
])

/** `same`: the namespace of the discovery service in this plan. */
const serviceConnectNamespace = z.discriminatedUnion('kind', [
  ...namespaceChoice.options,
  z.object({ kind: z.literal('same') }),
])

const endpoint = z.object({
  portName: endpointName('port name').min(1, 'Choose a named port of the task definition.'),
  /** Empty: the port's name. */
  discoveryName: endpointName('discovery name'),
  /** What clients call it; empty: `<discovery name>.<namespace>`. */
  aliasDnsName,
  aliasPort: port,
})

/** ECS API reference, ServiceConnectConfiguration. */
const serviceConnect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('client'), namespace: serviceConnectNamespace }),
  z.object({
    kind: z.literal('client and server'),
    namespace: serviceConnectNamespace,
    endpoints: z
      .array(endpoint)
      .min(1, 'A server offers at least one port.')
      .max(20, 'At most 20 endpoints.'),
  }),
])

/** The fields of `create-service`, each by itself; what cannot be together is checked on top. */
export const serviceShape = z.object({
  cluster: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('existing'), arn: clusterArn }),
    z.object({ kind: z.literal('new'), cluster: createClusterInput }),
  ]),
  name: ecsName('service'),
  taskDefinition: taskDefinitionChoice,
  desiredCount: wholeNumber('The desired count', 0, MOST_TASKS),
  capacity,
  /** Used in network mode `awsvpc`; null for a task definition in another mode. */
  network: networkInput.nullable(),
  deployment: z
    .object({
      minimumHealthyPercent: wholeNumber('The minimum', 0, 100),
      maximumPercent: wholeNumber('The maximum', 100, 1_000),
      circuitBreaker: z.boolean(),
      rollback: z.boolean(),
    })
    .refine(({ minimumHealthyPercent, maximumPercent }) => maximumPercent !== minimumHealthyPercent, {
      path: ['maximumPercent'],
      message: 'With 100 and 100 ECS may neither stop nor start a task: no deployment would ever end.',
    })
    .refine(({ circuitBreaker, rollback }) => circuitBreaker || !rollback, {
      path: ['rollback'],
      message: 'Only the circuit breaker can roll back.',
    }),
  registry,
  serviceConnect,
  enableExecuteCommand: z.boolean(),
  propagateTags: z.enum(['NONE', 'SERVICE', 'TASK_DEFINITION']),
  tags: ecsTags,
})

export type CreateServiceInput = z.infer<typeof serviceShape>
