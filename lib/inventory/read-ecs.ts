import 'server-only'
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  type ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs'
import { inBatches } from './batch'
import type { Cycle } from './cycle'
import { clusterFromArn, clusterFromEcs, serviceFromArn, serviceFromEcs } from './from-ecs'
import { list, texts } from './loose'
import { type Memory, makeMemory } from './memory'
import type { Cluster, EcsService, Hole, TargetKind, UndescribedService } from './model'

/** Kept between readings. */
export type EcsMemory = {
  readonly clusterArns: Memory<readonly string[]>
  readonly clusters: Memory<readonly Cluster[]>
  readonly serviceArns: Memory<readonly string[]>
  readonly services: Memory<readonly EcsService[]>
  readonly taskArns: Memory<readonly string[]>
}

export const makeEcsMemory = (): EcsMemory => ({
  clusterArns: makeMemory(),
  clusters: makeMemory(),
  serviceArns: makeMemory(),
  services: makeMemory(),
  taskArns: makeMemory(),
})

/** A cluster with what was listed in it; tasks are described later, together with those that Cloud Map names. */
export type ClusterReading = {
  readonly cluster: Cluster
  readonly services: readonly EcsService[]
  readonly undescribed: readonly UndescribedService[]
  readonly taskArns: readonly string[]
}

export type EcsReading = {
  readonly clusters: readonly ClusterReading[]
  readonly holes: readonly Hole[]
  /** Set when not even clusters could be listed; what is told then is what was known before. */
  readonly failure: Hole | null
}

const PAGE = 100
const CLUSTERS_AT_ONCE = 100
const SERVICES_AT_ONCE = 10

type Source = {
  readonly client: ECSClient
  readonly cycle: Cycle
  readonly memory: EcsMemory
  readonly holes: Hole[]
  readonly kind: TargetKind
}

async function readClusterArns({ client, cycle, memory, holes }: Source) {
  const { items, hole } = await cycle.pages(
    'ecs:ListClusters',
    null,
    (token) => client.send(new ListClustersCommand({ maxResults: PAGE, nextToken: token })),
    (page) => ({ items: texts(page.clusterArns), token: page.nextToken }),
  )
  if (hole) holes.push(hole)
  return { arns: [...new Set(memory.clusterArns.settle('all', items, hole).value)], hole }
}

async function describeClusters(source: Source, arns: readonly string[]): Promise<readonly Cluster[]> {
  const { client, cycle, memory, holes } = source
  const outcome = await cycle.call(
    'ecs:DescribeClusters',
    arns.length === 1 ? `cluster ${clusterFromArn(arns[0] ?? '').name}` : `${arns.length} clusters`,
    () => client.send(new DescribeClustersCommand({ clusters: [...arns], include: ['TAGS'] })),
  )
  const key = arns.join(' ')
  if (!outcome.ok) {
    holes.push(outcome.hole)
    return memory.clusters.settle(key, arns.map(clusterFromArn), outcome.hole).value
  }
  const described = list(outcome.value.clusters)
    .map(clusterFromEcs)
    .filter((cluster) => cluster !== null)
  return memory.clusters.settle(key, described, null).value
}

async function describeServices(source: Source, cluster: Cluster, arns: readonly string[]) {
  const { client, cycle, memory, holes } = source
  const outcome = await cycle.call('ecs:DescribeServices', `cluster ${cluster.name}`, () =>
    client.send(
      new DescribeServicesCommand({ cluster: cluster.arn, services: [...arns], include: ['TAGS'] }),
    ),
  )
  const key = arns.join(' ')
  if (!outcome.ok) {
    if (outcome.hole.errorName === 'ClusterNotFoundException') return { services: [], undescribed: [] }
    holes.push(outcome.hole)
    const settled = memory.services.settle(key, [], outcome.hole)
    return {
      services: settled.value,
      undescribed: settled.known ? [] : arns.map((arn) => serviceFromArn(arn, cluster.arn)),
    }
  }
  const services = list(outcome.value.services)
    .map((raw) => serviceFromEcs(raw, cluster.arn))
    .filter((service) => service !== null)
  memory.services.settle(key, services, null)
  return { services, undescribed: [] }
}

async function readServices(source: Source, cluster: Cluster) {
  const { client, cycle, memory, holes } = source
  const { items, hole } = await cycle.pages(
    'ecs:ListServices',
    `cluster ${cluster.name}`,
    (token) =>
      client.send(new ListServicesCommand({ cluster: cluster.arn, maxResults: PAGE, nextToken: token })),
    (page) => ({ items: texts(page.serviceArns), token: page.nextToken }),
  )
  const gone = hole?.errorName === 'ClusterNotFoundException'
  if (hole && !gone) holes.push(hole)
  const settled = memory.serviceArns.settle(cluster.arn, items, gone ? null : hole)
  // In steady order, so that the same services stay in the same batch and a failed batch finds its last answer.
  const arns = [...new Set(settled.value)].sort()
  const parts = await Promise.all(
    inBatches(arns, SERVICES_AT_ONCE).map((batch) => describeServices(source, cluster, batch)),
  )
  return {
    services: parts.flatMap((part) => part.services),
    undescribed: parts.flatMap((part) => part.undescribed),
    known: settled.known,
  }
}

async function readTaskArns(source: Source, cluster: Cluster) {
  const { client, cycle, memory, holes } = source
  // By cluster, never by service: a task names its owner in `group`.
  const { items, hole } = await cycle.pages(
    'ecs:ListTasks',
    `cluster ${cluster.name}`,
    (token) =>
      client.send(new ListTasksCommand({ cluster: cluster.arn, maxResults: PAGE, nextToken: token })),
    (page) => ({ items: texts(page.taskArns), token: page.nextToken }),
  )
  const gone = hole?.errorName === 'ClusterNotFoundException'
  if (hole && !gone) holes.push(hole)
  return memory.taskArns.settle(cluster.arn, items, gone ? null : hole)
}

/** AWS counts what is in a cluster, so an empty one needs no listing. Other endpoints leave the counters at 0. */
const isEmpty = (cluster: Cluster, kind: TargetKind) =>
  kind === 'aws' &&
  cluster.status === 'ACTIVE' &&
  cluster.activeServices + cluster.runningTasks + cluster.pendingTasks === 0

async function readCluster(source: Source, cluster: Cluster): Promise<ClusterReading> {
  if (isEmpty(cluster, source.kind)) return { cluster, services: [], undescribed: [], taskArns: [] }
  const [services, tasks] = await Promise.all([readServices(source, cluster), readTaskArns(source, cluster)])
  return {
    cluster: { ...cluster, servicesRead: services.known, tasksRead: tasks.known },
    services: services.services,
    undescribed: services.undescribed,
    taskArns: [...new Set(tasks.value)].sort(),
  }
}

/** All clusters with their services, and the ARNs of their tasks. */
export async function readEcs(
  client: ECSClient,
  cycle: Cycle,
  memory: EcsMemory,
  kind: TargetKind,
): Promise<EcsReading> {
  const holes: Hole[] = []
  const source: Source = { client, cycle, memory, holes, kind }
  const { arns, hole } = await readClusterArns(source)
  const described = await Promise.all(
    inBatches(arns, CLUSTERS_AT_ONCE).map((batch) => describeClusters(source, batch)),
  )
  const clusters = await Promise.all(
    described
      .flat()
      // A deleted cluster stays describable for a while.
      .filter((cluster) => cluster.status !== 'INACTIVE')
      .map((cluster) => readCluster(source, cluster)),
  )
  for (const part of [memory.clusters, memory.serviceArns, memory.services, memory.taskArns]) part.sweep()
  return { clusters, holes, failure: hole }
}
