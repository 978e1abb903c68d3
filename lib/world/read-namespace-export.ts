import 'server-only'
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  ListServicesByNamespaceCommand,
  type Service,
} from '@aws-sdk/client-ecs'
import {
  GetNamespaceCommand,
  GetServiceCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-servicediscovery'
import type { World } from '@/lib/changes/world'
import { lastPart } from '@/lib/inventory/arn'
import { inBatches } from '@/lib/inventory/batch'
import type { Cycle } from '@/lib/inventory/cycle'
import { list, time } from '@/lib/inventory/loose'
import type { Hole } from '@/lib/inventory/model'
import type {
  ExportedCluster,
  ExportedDiscoveryService,
  ExportedNamespace,
  ExportedService,
  ExportedTaskDefinition,
  NamespaceFacts,
  Tags,
} from '@/lib/plan/render/export/facts'
import {
  clusterInputOf,
  discoveryInputOf,
  exportedNamespace,
  isMadeByEcs,
  ownTags,
  serviceInputOf,
} from '@/lib/plan/render/export/service-input'
import type { Clients } from '@/lib/target/clients'
import { readTaskDefinitionInput } from './read-task-definition-input'

/** A namespace that could not be read whole is not exported: a part would look like the whole. */
export class ExportUnread extends Error {
  override readonly name = 'ExportUnread'
  readonly hole: Hole

  constructor(hole: Hole) {
    super(hole.message)
    this.hole = hole
  }
}

type Source = {
  readonly clients: Pick<Clients, 'ecs' | 'cloudMap'>
  readonly cycle: Cycle
  readonly world: World
}

/** What a call answered. Throws `ExportUnread`; where the endpoint lacks the operation, `without` instead if there is one. */
async function ask<T>(
  { cycle }: Source,
  operation: string,
  subject: string,
  send: () => Promise<T>,
  without?: T,
): Promise<T> {
  const outcome = await cycle.call(operation, subject, send)
  if (outcome.ok) return outcome.value
  if (outcome.hole.kind === 'unsupported' && without !== undefined) return without
  throw new ExportUnread(outcome.hole)
}

const PAGE = 100
/** DescribeServices takes ten (ECS API reference). */
const MOST_DESCRIBED = 10

async function tagsOf(source: Source, arn: string): Promise<Tags> {
  const { Tags: tags } = await ask<{ Tags?: { Key?: string; Value?: string }[] }>(
    source,
    'servicediscovery:ListTagsForResource',
    lastPart(arn),
    () => source.clients.cloudMap.send(new ListTagsForResourceCommand({ ResourceARN: arn })),
    {},
  )
  return ownTags(list(tags).map(({ Key: key, Value: value }) => ({ key, value })))
}

async function readNamespace(source: Source, id: string): Promise<ExportedNamespace | null> {
  const { Namespace: namespace } = await ask(source, 'servicediscovery:GetNamespace', id, () =>
    source.clients.cloudMap.send(new GetNamespaceCommand({ Id: id })),
  )
  return namespace ? exportedNamespace(namespace, await tagsOf(source, namespace.Arn ?? '')) : null
}

async function readDiscoveryServices(
  source: Source,
  namespace: ExportedNamespace,
): Promise<readonly ExportedDiscoveryService[]> {
  const { cloudMap } = source.clients
  const { items, hole } = await source.cycle.pages(
    'servicediscovery:ListServices',
    namespace.name,
    (token) =>
      cloudMap.send(
        new ListServicesCommand({
          Filters: [{ Name: 'NAMESPACE_ID', Values: [namespace.id], Condition: 'EQ' }],
          MaxResults: PAGE,
          NextToken: token,
        }),
      ),
    (page) => ({ items: list(page.Services), token: page.NextToken }),
  )
  if (hole) throw new ExportUnread(hole)
  const found = await Promise.all(
    items.map(async ({ Id: id = '' }): Promise<ExportedDiscoveryService[]> => {
      const { Service: service } = await ask(source, 'servicediscovery:GetService', id, () =>
        cloudMap.send(new GetServiceCommand({ Id: id })),
      )
      if (!service?.Arn || !service.Name) return []
      const tags = await tagsOf(source, service.Arn)
      if (isMadeByEcs(service, tags)) return []
      return [
        { arn: service.Arn, name: service.Name, input: discoveryInputOf(service, tags, namespace.type) },
      ]
    }),
  )
  return found.flat()
}

/** ARNs of the ECS services that use the namespace: they register in it, or are in its Service Connect. */
async function serviceArnsIn(
  source: Source,
  namespace: ExportedNamespace,
  registries: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { items, hole } = await source.cycle.pages(
    'ecs:ListServicesByNamespace',
    namespace.name,
    (token) =>
      source.clients.ecs.send(
        new ListServicesByNamespaceCommand({ namespace: namespace.arn, maxResults: PAGE, nextToken: token }),
      ),
    (page) => ({ items: page.serviceArns ?? [], token: page.nextToken }),
  )
  // Without this operation nothing is known of Service Connect; nor does such an endpoint have it.
  if (hole && hole.kind !== 'unsupported') throw new ExportUnread(hole)
  const registered = source.world.inventory.services
    .filter(
      (service) => service.status !== 'INACTIVE' && service.registryArns.some((arn) => registries.has(arn)),
    )
    .map((service) => service.arn)
  return [...new Set([...registered, ...items])]
}

/** The cluster's name in a service's ARN; the short form of old has none (ECS developer guide, "ARNs and IDs"). */
const clusterIn = (serviceArn: string) => serviceArn.split(':').at(-1)?.split('/').at(-2) ?? ''

async function describeServices(source: Source, arns: readonly string[]): Promise<readonly Service[]> {
  const known = new Map(source.world.inventory.services.map((service) => [service.arn, service.clusterArn]))
  const byCluster = new Map<string, string[]>()
  for (const arn of arns) {
    const cluster = known.get(arn) ?? clusterIn(arn)
    byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), arn])
  }
  const answers = await Promise.all(
    [...byCluster].flatMap(([cluster, services]) =>
      inBatches(services, MOST_DESCRIBED).map((batch) =>
        ask(source, 'ecs:DescribeServices', lastPart(cluster), () =>
          source.clients.ecs.send(
            new DescribeServicesCommand({ cluster, services: batch, include: ['TAGS'] }),
          ),
        ),
      ),
    ),
  )
  return answers.flatMap((answer) => list(answer.services)).filter((service) => service.status === 'ACTIVE')
}

const toExported = (service: Service): ExportedService[] => {
  const { serviceArn: arn, serviceName: name, clusterArn, taskDefinition: taskDefinitionArn } = service
  // Without a task definition it is of the deployment controller EXTERNAL, whose task sets no plan makes.
  if (!arn || !name || !clusterArn || !taskDefinitionArn) return []
  const createdAtMs = time(service.createdAt)
  return [{ arn, name, clusterArn, taskDefinitionArn, createdAtMs, input: serviceInputOf(service) }]
}

async function readClusters(source: Source, arns: readonly string[]): Promise<readonly ExportedCluster[]> {
  const answers = await Promise.all(
    inBatches(arns, PAGE).map((clusters) =>
      ask(source, 'ecs:DescribeClusters', clusters.map(lastPart).join(', '), () =>
        source.clients.ecs.send(
          new DescribeClustersCommand({ clusters, include: ['SETTINGS', 'CONFIGURATIONS', 'TAGS'] }),
        ),
      ),
    ),
  )
  return answers.flatMap((answer) =>
    list(answer.clusters).flatMap((cluster) =>
      cluster.clusterArn ? [{ arn: cluster.clusterArn, input: clusterInputOf(cluster) }] : [],
    ),
  )
}

const readTaskDefinitions = (source: Source, arns: readonly string[]): Promise<ExportedTaskDefinition[]> =>
  Promise.all(
    arns.map(async (arn) => {
      const revision = await ask(source, 'ecs:DescribeTaskDefinition', lastPart(arn), () =>
        readTaskDefinitionInput(source.clients, arn),
      )
      if (!revision) throw new Error(`The answer for ${arn} holds no task definition.`)
      return { arn, input: revision.input }
    }),
  )

/** The VPC of the first subnet that a service names, or the only one there is. */
function vpcOf({ network }: World, services: readonly ExportedService[]): string | null {
  const subnets = new Set(
    services.flatMap(({ input }) => input.networkConfiguration?.awsvpcConfiguration?.subnets ?? []),
  )
  const [only, ...others] = network.vpcs
  const named = network.subnets.find(({ id }) => subnets.has(id))?.vpcId
  return named ?? (only && others.length === 0 ? only.id : null)
}

const once = (texts: readonly string[]) => [...new Set(texts)]

/**
 * Reads one namespace and all that stands in it, for an export. Environment values are in it: for operators only. null: an answer that
 * is no namespace. Throws `ExportUnread` when a part could not be read.
 */
export async function readNamespaceExport(
  clients: Pick<Clients, 'ecs' | 'cloudMap'>,
  cycle: Cycle,
  world: World,
  namespaceId: string,
): Promise<NamespaceFacts | null> {
  const source = { clients, cycle, world }
  const namespace = await readNamespace(source, namespaceId)
  if (!namespace) return null
  const discoveryServices = await readDiscoveryServices(source, namespace)
  const registries = new Set(discoveryServices.map(({ arn }) => arn))
  const described = await describeServices(source, await serviceArnsIn(source, namespace, registries))
  const services = described.flatMap(toExported)
  const [clusters, taskDefinitions] = await Promise.all([
    readClusters(source, once(services.map(({ clusterArn }) => clusterArn))),
    readTaskDefinitions(source, once(services.map(({ taskDefinitionArn }) => taskDefinitionArn))),
  ])
  return { namespace, vpcId: vpcOf(world, services), discoveryServices, clusters, taskDefinitions, services }
}
