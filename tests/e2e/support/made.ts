import { type ECSClient, ListClustersCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs'
import {
  ListNamespacesCommand,
  ListServicesCommand,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'

/** Names of everything that stands in the target, by the real SDK; empty when nothing does. */
export async function madeIn(target: {
  readonly ecs: ECSClient
  readonly cloudMap: ServiceDiscoveryClient
}): Promise<readonly string[]> {
  const { clusterArns = [] } = await target.ecs.send(new ListClustersCommand({}))
  const revisions = await Promise.all(
    (['ACTIVE', 'INACTIVE'] as const).map((status) =>
      target.ecs.send(new ListTaskDefinitionsCommand({ status })),
    ),
  )
  const { Namespaces = [] } = await target.cloudMap.send(new ListNamespacesCommand({}))
  const { Services = [] } = await target.cloudMap.send(new ListServicesCommand({}))
  return [
    ...clusterArns,
    ...revisions.flatMap(({ taskDefinitionArns = [] }) => taskDefinitionArns),
    ...Namespaces.map(({ Name }) => `namespace ${Name}`),
    ...Services.map(({ Name }) => `discovery service ${Name}`),
  ]
}
