import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs'
import {
  GetNamespaceCommand,
  GetServiceCommand,
  ListServicesCommand as ListDiscoveryServicesCommand,
  ListInstancesCommand,
  ListNamespacesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-servicediscovery'
import type { Clients } from './local-cloud'

/** What two clouds never share: ids, tokens, addresses and where a task was put; and times. */
const ids: readonly (readonly [RegExp, string])[] = [
  [/ns-[a-z0-9]{10,}/g, 'ns-ID'],
  [/srv-[a-z0-9]{10,}/g, 'srv-ID'],
  [/ecs-svc\/\d+/g, 'ecs-svc/ID'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID'],
  [/[0-9a-f]{32}/g, 'TASK'],
  [/\bZ[A-Z0-9]{10,}\b/g, 'ZONE'],
  [/(service-(?:deployment|revision)\/[^/]+\/[^/]+\/)[a-z0-9]+/g, '$1ID'],
  [/\bus-east-1[a-z]\b/g, 'AVAILABILITY-ZONE'],
  [/127\.\d+\.\d+\.\d+/g, 'ADDRESS'],
]
const left = new Set(['events', '$metadata', 'CreatorRequestId', 'createdBy', 'registeredBy'])

function withoutIds(value: unknown): unknown {
  if (typeof value === 'string')
    return ids.reduce((text, [pattern, word]) => text.replace(pattern, word), value)
  if (value instanceof Date) return 'TIME'
  if (Array.isArray(value)) return value.map(withoutIds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (left.has(name) ? [] : [[name, withoutIds(item)]])),
  )
}

/** In an order that does not come from ids. */
const inOrder = (items: readonly unknown[] | undefined): unknown[] =>
  (items ?? [])
    .map((item) => [JSON.stringify(withoutIds(item)), item] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item)

/** Everything that Describe and Get answer of a cloud, ids, addresses and times aside. */
export async function describeAll({ ecs, cloudMap }: Clients) {
  const { Namespaces: namespaces = [] } = await cloudMap.send(new ListNamespacesCommand({}))
  const { Services: names = [] } = await cloudMap.send(new ListDiscoveryServicesCommand({}))
  const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}))
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({}))
  const all = async <T, U>(items: readonly T[], read: (item: T) => Promise<U>) =>
    inOrder(await Promise.all(items.map(read)))
  return withoutIds({
    namespaces: await all(namespaces, ({ Id }) => cloudMap.send(new GetNamespaceCommand({ Id }))),
    discoveryServices: await all(names, async ({ Id, Arn }) => ({
      ...(await cloudMap.send(new GetServiceCommand({ Id }))),
      tags: (await cloudMap.send(new ListTagsForResourceCommand({ ResourceARN: Arn }))).Tags,
      instances: inOrder((await cloudMap.send(new ListInstancesCommand({ ServiceId: Id }))).Instances),
    })),
    clusters: (
      await ecs.send(new DescribeClustersCommand({ clusters: clusterArns, include: ['SETTINGS', 'TAGS'] }))
    ).clusters,
    taskDefinitions: await all(taskDefinitionArns, (taskDefinition) =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] })),
    ),
    services: await all(clusterArns, async (cluster) => {
      const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster }))
      if (serviceArns.length === 0) return []
      const answer = await ecs.send(
        new DescribeServicesCommand({ cluster, services: serviceArns, include: ['TAGS'] }),
      )
      return answer.services
    }),
  })
}
