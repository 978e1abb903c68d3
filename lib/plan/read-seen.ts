import {
  paginateListInstances,
  paginateListNamespaces,
  paginateListServices,
} from '@aws-sdk/client-servicediscovery'
import { namespaceFromCloudMap } from '@/lib/inventory/from-cloud-map'
import { serviceFromEcs, taskFromEcs } from '@/lib/inventory/from-ecs'
import { list } from '@/lib/inventory/loose'
import type { Namespace } from '@/lib/inventory/model'
import { readCluster } from './commands/cluster'
import { type PlanClients, unlessGone } from './commands/runner'
import { readRawService } from './commands/service'
import { readRawTask } from './commands/task'
import { readLatestRevision } from './commands/task-definition'
import { type Difference, differences, type Facts, type Seen } from './seen'

type Cloud = Pick<PlanClients, 'cloudMap'>

async function readServiceFacts(
  clients: PlanClients,
  cluster: string,
  service: string,
): Promise<Facts | null> {
  const raw = await readRawService(clients, cluster, service)
  const now = raw ? serviceFromEcs(raw, cluster) : null
  if (!now || now.status === 'INACTIVE') return null
  return {
    status: now.status,
    desiredCount: now.desired,
    taskDefinitionArn: now.taskDefinitionArn,
    deploymentId: now.deployments.find(({ status }) => status === 'PRIMARY')?.id ?? null,
  }
}

/** The discovery services of a namespace: name and id. */
async function servicesIn(clients: Cloud, namespaceId: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const pages = paginateListServices(
    { client: clients.cloudMap },
    { Filters: [{ Name: 'NAMESPACE_ID', Values: [namespaceId], Condition: 'EQ' }] },
  )
  for await (const page of pages)
    for (const { Id, Name } of list(page.Services)) if (Id && Name) found.set(Name, Id)
  return found
}

/** Several namespaces may share a name (HTTP beside DNS): the one that was seen counts, else the first. */
async function readNamespaceFacts(clients: Cloud, name: string, seen: Facts | null): Promise<Facts | null> {
  const named: Namespace[] = []
  for await (const page of paginateListNamespaces({ client: clients.cloudMap }, {}))
    for (const raw of list(page.Namespaces)) {
      const namespace = namespaceFromCloudMap(raw)
      if (namespace?.name === name) named.push(namespace)
    }
  const namespace = named.find(({ id }) => id === seen?.id) ?? named[0]
  if (!namespace) return null
  return {
    id: namespace.id,
    type: namespace.type,
    discoveryServices: (await servicesIn(clients, namespace.id)).size,
  }
}

async function readDiscoveryFacts(clients: Cloud, namespaceId: string, name: string): Promise<Facts | null> {
  const id = (await unlessGone(['NamespaceNotFound'], () => servicesIn(clients, namespaceId)))?.get(name)
  if (id === undefined) return null
  let instances = 0
  for await (const page of paginateListInstances({ client: clients.cloudMap }, { ServiceId: id }))
    instances += list(page.Instances).length
  return { id, instances }
}

/** All facts of a subject as they are now; null: it is not there. Throws the SDK's error. */
export async function readFacts(clients: PlanClients, { subject, facts }: Seen): Promise<Facts | null> {
  switch (subject.kind) {
    case 'cluster': {
      const cluster = await readCluster(clients, subject.cluster)
      if (!cluster) return null
      const { status, activeServices, runningTasks } = cluster
      return { status, activeServices, runningTasks }
    }
    case 'service':
      return readServiceFacts(clients, subject.cluster, subject.service)
    case 'task': {
      const raw = await readRawTask(clients, subject.cluster, subject.task)
      const task = raw ? taskFromEcs(raw, subject.cluster) : null
      return task ? { desiredStatus: task.desiredStatus } : null
    }
    case 'task definition': {
      const latestRevision = await readLatestRevision(clients, subject.family)
      return latestRevision > 0 ? { latestRevision } : null
    }
    case 'namespace':
      return readNamespaceFacts(clients, subject.name, facts)
    case 'discovery service':
      return readDiscoveryFacts(clients, subject.namespaceId, subject.name)
  }
}

/** How the world differs from what was seen. ECS has no revision to compare, so what changes after this reading is not noticed. */
export async function readDifferences(
  clients: PlanClients,
  seen: readonly Seen[],
): Promise<readonly Difference[]> {
  const found = await Promise.all(seen.map(async (one) => differences(one, await readFacts(clients, one))))
  return found.flat()
}
