import { z } from 'zod'
import type { Choices } from '@/lib/changes/choices'
import { clusterValues, firstClusterValues, toClusterInput } from '../cluster/values'
import {
  type DiscoveryValues,
  discoveryValues,
  firstDiscoveryValues,
  firstNamespaceChoice,
  namespaceChoiceValues,
  toDiscoveryInput,
} from '../discovery/values'
import { tagValues } from '../namespace/values'
import { firstTaskValues, taskValues, toTaskInput } from './task-values'

const portNumber = z.number().nullable()

const endpointValues = z.object({
  portName: z.string(),
  discoveryName: z.string(),
  aliasDnsName: z.string(),
  aliasPort: portNumber,
})

export type EndpointValues = z.infer<typeof endpointValues>

/** What the fields of an ECS service hold, right or not; every way of saying a thing is kept while another is chosen. */
export const serviceValues = z.object({
  cluster: z.object({ kind: z.enum(['existing', 'new']), arn: z.string(), cluster: clusterValues }),
  name: z.string(),
  taskDefinition: z.object({
    kind: z.enum(['form', 'existing', 'json']),
    arn: z.string(),
    form: taskValues,
    text: z.string(),
  }),
  desiredCount: z.number().nullable(),
  capacity: z.object({
    kind: z.enum(['launch type', 'providers']),
    launchType: z.enum(['FARGATE', 'EC2']),
    strategy: z.array(
      z.object({ provider: z.string(), weight: z.number().nullable(), base: z.number().nullable() }),
    ),
  }),
  network: z.object({
    subnets: z.array(z.string()),
    securityGroups: z.array(z.string()),
    assignPublicIp: z.boolean(),
  }),
  deployment: z.object({
    minimumHealthyPercent: z.number().nullable(),
    maximumPercent: z.number().nullable(),
    circuitBreaker: z.boolean(),
    rollback: z.boolean(),
  }),
  /** How others find it. */
  found: z.enum(['connect', 'registry', 'both', 'none']),
  registry: z.object({
    kind: z.enum(['existing', 'new']),
    id: z.string(),
    recordTypes: z.array(z.string()),
    service: discoveryValues,
    containerName: z.string(),
    containerPort: portNumber,
  }),
  serviceConnect: z.object({
    /** It calls names of Service Connect, though it offers none. */
    isClient: z.boolean(),
    namespace: namespaceChoiceValues.extend({ kind: z.enum(['existing', 'new', 'same']) }),
    endpoints: z.array(endpointValues),
  }),
  enableExecuteCommand: z.boolean(),
  propagateTags: z.enum(['NONE', 'SERVICE', 'TASK_DEFINITION']),
  tags: tagValues,
})

export type ServiceValues = z.infer<typeof serviceValues>

export const isRegistered = (values: Pick<ServiceValues, 'found'>): boolean =>
  values.found === 'registry' || values.found === 'both'

export const isConnected = (values: Pick<ServiceValues, 'found'>): boolean =>
  values.found === 'connect' || values.found === 'both'

/** An untouched form. What there is only one of is chosen. */
export function firstServiceValues(choices: Choices, region: string): ServiceValues {
  const { clusters, namespaces, network } = choices
  const cluster = clusters.find((each) => each.name === 'default') ?? clusters[0]
  const namespace = firstNamespaceChoice(namespaces, network.vpcs)
  const vpc = network.vpcs.find((each) => each.isDefault) ?? network.vpcs[0]
  const groups = network.securityGroups.filter((each) => each.vpcId === vpc?.id)
  const group = groups.find((each) => each.name === 'default') ?? groups[0]
  return {
    cluster: {
      kind: cluster ? 'existing' : 'new',
      arn: cluster?.arn ?? '',
      cluster: { ...firstClusterValues(), name: cluster ? '' : 'default' },
    },
    name: '',
    taskDefinition: { kind: 'form', arn: '', form: firstTaskValues(region), text: '' },
    desiredCount: 2,
    capacity: { kind: 'launch type', launchType: 'FARGATE', strategy: [] },
    network: {
      subnets: network.subnets
        .filter((each) => each.vpcId === vpc?.id)
        .map((each) => each.id)
        .slice(0, 3),
      securityGroups: group ? [group.id] : [],
      assignPublicIp: false,
    },
    deployment: { minimumHealthyPercent: 100, maximumPercent: 200, circuitBreaker: true, rollback: true },
    found: 'registry',
    registry: {
      kind: choices.discoveryServices.some((each) => each.usedBy.length === 0) ? 'existing' : 'new',
      id: '',
      recordTypes: [],
      service: firstDiscoveryValues(namespace),
      containerName: '',
      containerPort: null,
    },
    serviceConnect: {
      isClient: false,
      namespace,
      endpoints: [{ portName: 'http', discoveryName: '', aliasDnsName: '', aliasPort: 80 }],
    },
    enableExecuteCommand: false,
    propagateTags: 'NONE',
    tags: [],
  }
}

/** The change's input: of each thing only the way that was chosen. */
export function toServiceInput(values: ServiceValues): unknown {
  const { registry, serviceConnect, deployment } = values
  const { namespace, endpoints } = serviceConnect
  return {
    ...values,
    cluster: { ...values.cluster, cluster: toClusterInput(values.cluster.cluster) },
    taskDefinition: { ...values.taskDefinition, form: toTaskInput(values.taskDefinition.form) },
    deployment: { ...deployment, rollback: deployment.circuitBreaker && deployment.rollback },
    registry: isRegistered(values)
      ? {
          ...registry,
          ...portOfRegistry(registry),
          service: { ...toDiscoveryInput(registry.service), forEcsTasks: true },
        }
      : { kind: 'none' },
    serviceConnect: isConnected(values)
      ? { kind: 'client and server', namespace, endpoints }
      : serviceConnect.isClient
        ? { kind: 'client', namespace }
        : { kind: 'none' },
  }
}

/** Container and port are for SRV records only. */
function portOfRegistry(registry: ServiceValues['registry']) {
  return recordTypesOf(registry).includes('SRV') ? {} : { containerName: '', containerPort: null }
}

export function recordTypesOf(registry: {
  readonly kind: string
  readonly recordTypes: readonly string[]
  readonly service: Pick<DiscoveryValues, 'records'>
}): readonly string[] {
  return registry.kind === 'existing' ? registry.recordTypes : [registry.service.records]
}

/** Without what must not outlive the tab. */
export function withoutServiceSecrets(values: ServiceValues): ServiceValues {
  const { form } = values.taskDefinition
  const containers = form.containers.map((container) => ({
    ...container,
    environment: container.environment.map(({ name }) => ({ name, value: '' })),
  }))
  return { ...values, taskDefinition: { ...values.taskDefinition, text: '', form: { ...form, containers } } }
}
