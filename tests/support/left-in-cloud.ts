import {
  DescribeServicesCommand,
  type DescribeServicesCommandOutput,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs'
import {
  ListServicesCommand as ListDiscoveryServicesCommand,
  ListInstancesCommand,
  ListNamespacesCommand,
  ListOperationsCommand,
  ServiceNotFound,
} from '@aws-sdk/client-servicediscovery'
import { countInventory } from '@/lib/emulator/control/inventory'
import type { TestCloud } from './local-cloud'

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

type Service = NonNullable<DescribeServicesCommandOutput['services']>[number]

const settingsOf = ({ deployments = [], enableExecuteCommand, serviceRegistries = [] }: Service) => {
  const connect = deployments[0]?.serviceConnectConfiguration
  return [
    `${deployments.length} deployments`,
    ...(enableExecuteCommand ? ['ECS Exec'] : []),
    ...(connect?.enabled ? [`Service Connect with ${connect.services?.length ?? 0} names`] : []),
    `${serviceRegistries.length} registries`,
  ].join(', ')
}

/** ECS names its entries of clients after nobody. */
const withoutIds = (name: string | undefined) => name?.replace(/[0-9a-f-]{36}/, 'ID')

async function inCluster({ ecs }: TestCloud, cluster: string): Promise<string[]> {
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster, maxResults: 100 }))
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster }))
  const { services = [] } =
    serviceArns.length > 0
      ? await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns.slice(0, 10) }))
      : {}
  return [
    `cluster ${cluster}: ${taskArns.length} tasks`,
    ...services.map(
      ({ serviceName, desiredCount, runningCount, taskDefinition = '', ...more }) =>
        `service ${serviceName}: ${runningCount} of ${desiredCount}, ${lastPart(taskDefinition)}, ${settingsOf(more)}`,
    ),
  ]
}

/** What there is in a target, in words without ids: two equal ones mean two equal targets. */
export type Left = {
  /** Everything that somebody made and did not take away again. */
  readonly lines: readonly string[]
  /** How much there ever was of what stays in AWS's books; something done twice shows here. */
  readonly history: Readonly<Record<string, number>>
}

function historyOf({ services }: TestCloud): Left['history'] {
  const { regions } = countInventory(services, services.regions.all())
  const sum = (count: (region: (typeof regions)[number]) => number) =>
    regions.reduce((all, region) => all + count(region), 0)
  return {
    deployments: sum(({ live }) => live.serviceDeployments),
    'tasks started': sum(({ live, kept }) => live.tasks + kept.stoppedTasks),
    'revisions registered': sum(({ live, kept }) => live.taskDefinitions + kept.inactiveTaskDefinitions),
  }
}

/** null: it went after it was listed. */
async function instancesOf({ cloudMap }: TestCloud, serviceId: string | undefined): Promise<number | null> {
  try {
    const { Instances = [] } = await cloudMap.send(new ListInstancesCommand({ ServiceId: serviceId }))
    return Instances.length
  } catch (error) {
    if (error instanceof ServiceNotFound) return null
    throw error
  }
}

export async function leftIn(cloud: TestCloud): Promise<Left> {
  const { ecs, cloudMap } = cloud
  const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}))
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({}))
  const { Namespaces = [] } = await cloudMap.send(new ListNamespacesCommand({}))
  const { Services = [] } = await cloudMap.send(new ListDiscoveryServicesCommand({}))
  const { Operations = [] } = await cloudMap.send(
    new ListOperationsCommand({
      Filters: [{ Name: 'STATUS', Values: ['SUBMITTED', 'PENDING'], Condition: 'IN' }],
    }),
  )
  const inClusters = await Promise.all(clusterArns.map((arn) => inCluster(cloud, lastPart(arn))))
  const names = await Promise.all(
    Services.map(async ({ Id, Name }) => {
      const instances = await instancesOf(cloud, Id)
      return instances === null ? [] : [`discovery service ${withoutIds(Name)}: ${instances} instances`]
    }),
  )
  const lines = [
    ...inClusters.flat(),
    ...taskDefinitionArns.map((arn) => `revision ${lastPart(arn)}`),
    ...Namespaces.map(({ Name, Type }) => `namespace ${Name} ${Type}`),
    ...names.flat(),
    ...(Operations.length > 0 ? [`${Operations.length} operations under way`] : []),
  ]
  return { lines: lines.sort(), history: historyOf(cloud) }
}

/** What there is once it is what was wanted, or as it still is after a while. */
export async function leftOnce(cloud: TestCloud, isWanted: (left: Left) => boolean): Promise<Left> {
  const untilMs = Date.now() + 10_000
  for (;;) {
    const left = await leftIn(cloud)
    if (isWanted(left) || Date.now() > untilMs) return left
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
