import type { ServiceConnectConfiguration } from '@aws-sdk/client-ecs'
import { cloudMapOperations } from '@/lib/emulator/cloud-map/operations'
import type { Operation } from '@/lib/emulator/context'
import { ecsOperations } from '@/lib/emulator/ecs/operations'
import { hasEnded } from '@/lib/emulator/ecs/service-deployments/lifecycle'
import type { ServiceDeploymentRecord } from '@/lib/emulator/state/ecs'
import { isReading } from '@/lib/emulator/store/durable-dispatch'
import { ApiError } from '@/lib/emulator/wire/api-error'
import { connecting, entry, httpPort, portsOf } from './connect-ecs'
import { goodService, goodTaskDefinition, type TestEcs } from './emulator-context'

/** Numbers that look like chance and are the same in every run. */
export type Chance = {
  /** 0 to `count` - 1. */
  below(count: number): number
  pick<T>(of: Iterable<T>): T | undefined
}

export function makeChance(seed: number): Chance {
  let state = seed >>> 0
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (count: number): number => next() % Math.max(count, 1)
  return {
    below,
    pick(of) {
      const all = [...of]
      return all[below(all.length)]
    },
  }
}

type Input = (ecs: TestEcs, chance: Chance) => object

const letters = ['a', 'b', 'c', 'd'] as const
const tagsOf = (chance: Chance) => [
  { key: 'k', value: String(chance.below(9)) },
  { key: `k${chance.below(3)}`, value: 'v' },
]
const cluster = (chance: Chance): string => chance.pick(['default', 'default', 'other']) ?? 'default'
const aService = ({ state }: TestEcs, chance: Chance) => {
  const all = [...state.ecs.clusters.values()].flatMap((one) => [...one.services.values()])
  const service = chance.pick(all)
  return { cluster: service?.clusterName, service: service?.name ?? 'none' }
}
const anArn = ({ state }: TestEcs, chance: Chance): string =>
  chance.pick([
    ...[...state.ecs.clusters.values()].flatMap((one) => [
      one.arn,
      ...[...one.services.values()].map(({ arn }) => arn),
    ]),
    ...[...state.ecs.tasks.values()].map(({ arn }) => arn),
    ...[...state.ecs.taskDefinitions.values()].flat().map(({ arn }) => arn),
  ]) ?? 'none'
const aDefinition = ({ state }: TestEcs, chance: Chance): string =>
  chance.pick([...state.ecs.taskDefinitions.values()].flat())?.arn ?? 'backend'
const aFamily = (chance: Chance): string => chance.pick(['backend', 'web']) ?? ''
const aNamespace = ({ state }: TestEcs, chance: Chance, type?: string) =>
  chance.pick(
    [...state.cloudMap.namespaces.values()].filter((one) => type === undefined || one.type === type),
  )
const aDiscovery = ({ state }: TestEcs, chance: Chance) => chance.pick(state.cloudMap.services.values())
const anInstance = (ecs: TestEcs, chance: Chance) => {
  const full = [...ecs.state.cloudMap.services.values()].filter(({ instances }) => instances.size > 0)
  const service = chance.pick(full)
  return { ServiceId: service?.id, InstanceId: service && chance.pick(service.instances.keys()) }
}
/** Off, a client, or a server of one of few names. */
function connectIn(ecs: TestEcs, chance: Chance): ServiceConnectConfiguration {
  const namespace = aNamespace(ecs, chance)?.arn
  if (chance.below(4) === 0 || namespace === undefined) return { enabled: false }
  return { ...connecting(...(chance.below(2) === 0 ? [entry(`n${chance.below(9)}`)] : [])), namespace }
}
const discoveryArn = (ecs: TestEcs, chance: Chance): string | undefined =>
  chance.pick([aNamespace(ecs, chance)?.arn, aDiscovery(ecs, chance)?.arn])
const updateNamespace =
  (type: string): Input =>
  (ecs, chance) => ({
    Id: aNamespace(ecs, chance, type)?.id,
    Namespace: { Description: `changed ${chance.below(99)}` },
  })
const provider = (chance: Chance) => ({
  autoScalingGroupArn: `arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:x:autoScalingGroupName/${chance.below(9)}`,
})

/** Those that have not ended, or all when every one has. */
function underWay(all: Iterable<ServiceDeploymentRecord>): ServiceDeploymentRecord[] {
  const records = [...all]
  const going = records.filter((record) => !hasEnded(record))
  return going.length > 0 ? going : records
}

/** An input for every operation that changes something, drawn from what is there. */
const inputs: Readonly<Record<string, Input>> = {
  'ecs:CreateCluster': (_, chance) => ({ clusterName: cluster(chance), tags: tagsOf(chance) }),
  'ecs:UpdateCluster': (_, chance) => ({
    cluster: cluster(chance),
    configuration: { executeCommandConfiguration: { logging: chance.pick(['NONE', 'DEFAULT']) } },
  }),
  'ecs:UpdateClusterSettings': (_, chance) => ({
    cluster: cluster(chance),
    settings: [{ name: 'containerInsights', value: chance.pick(['enabled', 'disabled']) }],
  }),
  'ecs:PutClusterCapacityProviders': (_, chance) => ({
    cluster: cluster(chance),
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'].slice(0, 1 + chance.below(2)),
    defaultCapacityProviderStrategy: [],
  }),
  'ecs:DeleteCluster': () => ({ cluster: 'other' }),
  'ecs:RegisterTaskDefinition': (_, chance) => ({
    ...goodTaskDefinition({ family: aFamily(chance), ...portsOf(httpPort) }),
    tags: tagsOf(chance),
  }),
  // Seldom, so that enough is left to start.
  'ecs:DeregisterTaskDefinition': (ecs, chance) => ({
    taskDefinition: chance.below(4) === 0 ? aDefinition(ecs, chance) : 'none:1',
  }),
  'ecs:DeleteTaskDefinitions': (ecs, chance) => ({ taskDefinitions: [aDefinition(ecs, chance)] }),
  'ecs:CreateService': (ecs, chance) => ({
    ...goodService({
      serviceName: chance.pick(letters) ?? '',
      desiredCount: chance.below(4),
      taskDefinition: aFamily(chance),
      cluster: cluster(chance),
      tags: tagsOf(chance),
    }),
    ...(chance.below(2) === 0 && { clientToken: `t${chance.below(50)}` }),
    ...(chance.below(2) === 0 && { serviceRegistries: [{ registryArn: aDiscovery(ecs, chance)?.arn }] }),
    ...(chance.below(2) === 0 && { serviceConnectConfiguration: connectIn(ecs, chance) }),
  }),
  'ecs:UpdateService': (ecs, chance) => ({
    ...aService(ecs, chance),
    ...(chance.below(2) === 0 && { desiredCount: chance.below(4) }),
    ...(chance.below(2) === 0 && { forceNewDeployment: true }),
    ...(chance.below(3) === 0 && { serviceConnectConfiguration: connectIn(ecs, chance) }),
  }),
  'ecs:DeleteService': (ecs, chance) => ({ ...aService(ecs, chance), force: true }),
  'ecs:RunTask': (_, chance) => ({
    ...goodService({ serviceName: undefined, desiredCount: undefined }),
    taskDefinition: aFamily(chance),
    cluster: cluster(chance),
    count: 1 + chance.below(2),
    tags: tagsOf(chance),
    ...(chance.below(2) === 0 && { clientToken: `t${chance.below(9)}` }),
  }),
  'ecs:StopTask': ({ state }, chance) => {
    const task = chance.pick(state.ecs.tasks.values())
    return { cluster: task?.clusterName, task: task?.id ?? 'none' }
  },
  'ecs:StopServiceDeployment': (ecs, chance) => {
    // Here a deployment is complete in a moment, so one is asked for.
    callByChance(ecs, chance, 'ecs:UpdateService')
    return {
      serviceDeploymentArn: chance.pick(underWay(ecs.state.ecs.serviceDeployments.values()))?.arn,
      stopType: chance.pick(['ROLLBACK', 'ABORT']),
    }
  },
  'ecs:TagResource': (ecs, chance) => ({ resourceArn: anArn(ecs, chance), tags: tagsOf(chance) }),
  'ecs:UntagResource': (ecs, chance) => ({ resourceArn: anArn(ecs, chance), tagKeys: ['k'] }),
  'ecs:PutAccountSetting': (_, chance) => ({
    name: 'containerInsights',
    value: chance.pick(['enabled', 'disabled']),
  }),
  'ecs:PutAccountSettingDefault': (_, chance) => ({
    name: 'fargateFIPSMode',
    value: chance.pick(['enabled', 'disabled']),
  }),
  'ecs:DeleteAccountSetting': () => ({ name: 'containerInsights' }),
  'ecs:CreateCapacityProvider': (_, chance) => ({
    name: `p${chance.below(3)}`,
    autoScalingGroupProvider: provider(chance),
    tags: tagsOf(chance),
  }),
  'ecs:UpdateCapacityProvider': (_, chance) => ({
    name: `p${chance.below(3)}`,
    autoScalingGroupProvider: {
      managedScaling: { status: 'ENABLED', targetCapacity: 1 + chance.below(100) },
    },
  }),
  'ecs:DeleteCapacityProvider': (_, chance) => ({ capacityProvider: `p${chance.below(3)}` }),
  'servicediscovery:CreateHttpNamespace': (_, chance) => ({
    Name: `http-${chance.pick(letters)}`,
    Tags: [{ Key: 'k', Value: 'v' }],
    CreatorRequestId: `r${chance.below(99)}`,
  }),
  'servicediscovery:CreatePrivateDnsNamespace': (_, chance) => ({
    Name: `${chance.pick(letters)}.local`,
    Vpc: `vpc-${chance.below(2)}`,
  }),
  'servicediscovery:CreatePublicDnsNamespace': (_, chance) => ({
    Name: `${chance.pick(letters)}.example.com`,
  }),
  'servicediscovery:UpdateHttpNamespace': updateNamespace('HTTP'),
  'servicediscovery:UpdatePrivateDnsNamespace': updateNamespace('DNS_PRIVATE'),
  'servicediscovery:UpdatePublicDnsNamespace': updateNamespace('DNS_PUBLIC'),
  'servicediscovery:DeleteNamespace': (ecs, chance) => ({ Id: aNamespace(ecs, chance)?.id }),
  'servicediscovery:CreateService': (ecs, chance) => {
    const namespace = aNamespace(ecs, chance)
    return {
      Name: chance.pick(letters),
      NamespaceId: namespace?.id,
      ...(namespace?.type !== 'HTTP' && { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } }),
      ...(namespace?.type === 'DNS_PUBLIC'
        ? { HealthCheckConfig: { Type: 'HTTP', ResourcePath: '/' } }
        : { HealthCheckCustomConfig: {} }),
      Tags: [{ Key: 'k', Value: String(chance.below(9)) }],
    }
  },
  'servicediscovery:UpdateService': (ecs, chance) => {
    const service = aDiscovery(ecs, chance)
    // A health check that comes or goes changes every instance.
    const isChecked = service?.healthCheckCustom === false && chance.below(2) === 0
    return {
      Id: service?.id,
      Service: {
        Description: String(chance.below(9)),
        DnsConfig: { DnsRecords: [{ Type: 'A', TTL: chance.below(90) }] },
        ...(isChecked && { HealthCheckConfig: { Type: 'HTTP', ResourcePath: '/' } }),
      },
    }
  },
  'servicediscovery:DeleteService': (ecs, chance) => ({ Id: aDiscovery(ecs, chance)?.id }),
  'servicediscovery:RegisterInstance': (ecs, chance) => ({
    ServiceId: aDiscovery(ecs, chance)?.id,
    InstanceId: `i/${chance.below(4)}`,
    Attributes: { AWS_INSTANCE_IPV4: '127.0.0.1', own: String(chance.below(9)) },
    CreatorRequestId: `r${chance.below(999)}`,
  }),
  'servicediscovery:DeregisterInstance': anInstance,
  'servicediscovery:UpdateInstanceCustomHealthStatus': (ecs, chance) => ({
    ...anInstance(ecs, chance),
    Status: chance.pick(['HEALTHY', 'UNHEALTHY']),
  }),
  'servicediscovery:UpdateServiceAttributes': (ecs, chance) => ({
    ServiceId: aDiscovery(ecs, chance)?.id,
    Attributes: { a: String(chance.below(9)), b: 'x' },
  }),
  'servicediscovery:DeleteServiceAttributes': (ecs, chance) => ({
    ServiceId: aDiscovery(ecs, chance)?.id,
    Attributes: ['a'],
  }),
  'servicediscovery:TagResource': (ecs, chance) => ({
    ResourceARN: discoveryArn(ecs, chance),
    Tags: [{ Key: `k${chance.below(3)}`, Value: String(chance.below(9)) }],
  }),
  'servicediscovery:UntagResource': (ecs, chance) => ({
    ResourceARN: discoveryArn(ecs, chance),
    TagKeys: ['k', 'k1'],
  }),
}

const operations = new Map<string, Operation>(
  Object.entries({ ecs: ecsOperations, servicediscovery: cloudMapOperations }).flatMap(([prefix, all]) =>
    Object.entries(all).map(([name, operation]): [string, Operation] => [`${prefix}:${name}`, operation]),
  ),
)

/** Every operation of the local cloud that changes something. */
export const changingOperations: readonly string[] = [...operations.keys()].filter((name) => !isReading(name))

/** Those that a walk has no input for; there should be none. */
export const operationsWithoutInput = changingOperations.filter((name) => !(name in inputs))

/** Calls an operation with an input drawn from what is there; gives back whether it was accepted. */
export function callByChance(ecs: TestEcs, chance: Chance, name: string): boolean {
  const operation = operations.get(name)
  const input = inputs[name]
  if (!operation || !input) throw new Error(`There is no ${name} to call.`)
  try {
    operation(ecs, input(ecs, chance) as never)
    return true
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

/** What every reading operation that needs little to be asked says; times and counters included. */
export function describeAll(ecs: TestEcs): unknown {
  const ask = (name: string, input: object): unknown => {
    try {
      return operations.get(name)?.(ecs, input as never)
    } catch (error) {
      if (error instanceof ApiError) return `${error.code}: ${error.message}`
      throw error
    }
  }
  const { state } = ecs
  return {
    clusters: ask('ecs:DescribeClusters', {
      clusters: [...state.ecs.clusters.keys()],
      include: ['TAGS', 'SETTINGS', 'STATISTICS', 'CONFIGURATIONS'],
    }),
    services: [...state.ecs.clusters.values()].flatMap((one) =>
      [...one.services.keys()].map((service) =>
        ask('ecs:DescribeServices', { cluster: one.name, services: [service], include: ['TAGS'] }),
      ),
    ),
    tasks: [...state.ecs.clusters.values()].flatMap((one) =>
      [...one.tasks.keys()].map((task) =>
        ask('ecs:DescribeTasks', { cluster: one.name, tasks: [task], include: ['TAGS'] }),
      ),
    ),
    definitions: [...state.ecs.taskDefinitions.values()]
      .flat()
      .filter(({ status }) => status !== 'DELETE_IN_PROGRESS')
      .map(({ arn }) => ask('ecs:DescribeTaskDefinition', { taskDefinition: arn, include: ['TAGS'] })),
    deployments: [...state.ecs.serviceDeployments.keys()].map((arn) =>
      ask('ecs:DescribeServiceDeployments', { serviceDeploymentArns: [arn] }),
    ),
    settings: ask('ecs:ListAccountSettings', { effectiveSettings: true }),
    providers: ask('ecs:DescribeCapacityProviders', {}),
    namespaces: [...state.cloudMap.namespaces.values()].map(({ id, arn }) => [
      ask('servicediscovery:GetNamespace', { Id: id }),
      ask('servicediscovery:ListTagsForResource', { ResourceARN: arn }),
    ]),
    discovery: [...state.cloudMap.services.values()].map(({ id, arn }) => [
      ask('servicediscovery:GetService', { Id: id }),
      ask('servicediscovery:ListInstances', { ServiceId: id }),
      ask('servicediscovery:GetInstancesHealthStatus', { ServiceId: id }),
      ask('servicediscovery:GetServiceAttributes', { ServiceId: id }),
      ask('servicediscovery:ListTagsForResource', { ResourceARN: arn }),
    ]),
    operations: [...state.cloudMap.operations.keys()].map((id) =>
      ask('servicediscovery:GetOperation', { OperationId: id }),
    ),
  }
}
