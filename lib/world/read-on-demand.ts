import 'server-only'
import { DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { ListTagsForResourceCommand } from '@aws-sdk/client-servicediscovery'
import type { Needs } from '@/lib/changes/needs'
import type { TaskDefinitionInput } from '@/lib/changes/task-definition-json'
import type { ServiceDetails, World } from '@/lib/changes/world'
import { lastPart } from '@/lib/inventory/arn'
import { inBatches } from '@/lib/inventory/batch'
import type { Cycle } from '@/lib/inventory/cycle'
import { taskDefinitionFromEcs } from '@/lib/inventory/from-ecs'
import { list, text } from '@/lib/inventory/loose'
import type { Hole, TaskDefinition } from '@/lib/inventory/model'
import type { Clients } from '@/lib/target/clients'
import { detailsFromEcs } from './from-service-details'
import { readTaskDefinitionInput } from './read-task-definition-input'

/** DescribeServices takes ten (ECS API reference). */
const SERVICES_AT_ONCE = 10

export type OnDemand = Pick<World, 'cloudMapTags' | 'serviceDetails' | 'revisionInputs'> & {
  readonly taskDefinitions: Readonly<Record<string, TaskDefinition>>
  readonly holes: readonly Hole[]
}

/** What one change needs to know beside the map. Never throws: what could not be read is a hole. */
export async function readOnDemand(
  { ecs, cloudMap }: Pick<Clients, 'ecs' | 'cloudMap'>,
  cycle: Cycle,
  needs: Needs,
): Promise<OnDemand> {
  const holes: Hole[] = []
  const taskDefinitions: Record<string, TaskDefinition> = Object.create(null)
  const cloudMapTags: Record<string, Readonly<Record<string, string>>> = Object.create(null)
  const serviceDetails: Record<string, ServiceDetails> = Object.create(null)
  const revisionInputs: Record<string, TaskDefinitionInput> = Object.create(null)
  const clusters = new Set(needs.services.map(({ clusterArn }) => clusterArn))
  const batches = [...clusters].flatMap((clusterArn) =>
    inBatches(
      needs.services.filter((one) => one.clusterArn === clusterArn).map(({ arn }) => arn),
      SERVICES_AT_ONCE,
    ).map((services) => ({ clusterArn, services })),
  )
  await Promise.all([
    ...batches.map(async ({ clusterArn, services }) => {
      const outcome = await cycle.call('ecs:DescribeServices', `cluster ${lastPart(clusterArn)}`, () =>
        ecs.send(new DescribeServicesCommand({ cluster: clusterArn, services: [...services] })),
      )
      if (!outcome.ok) {
        holes.push(outcome.hole)
        return
      }
      for (const service of list(outcome.value.services))
        serviceDetails[text(service.serviceArn)] = detailsFromEcs(service)
    }),
    ...needs.revisionArns.map(async (arn) => {
      const outcome = await cycle.call('ecs:DescribeTaskDefinition', lastPart(arn), () =>
        readTaskDefinitionInput({ ecs }, arn),
      )
      if (!outcome.ok) holes.push(outcome.hole)
      else if (outcome.value) revisionInputs[arn] = outcome.value.input
    }),
    ...needs.definitionArns.map(async (arn) => {
      const outcome = await cycle.call('ecs:DescribeTaskDefinition', lastPart(arn), () =>
        ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn })),
      )
      if (!outcome.ok) {
        holes.push(outcome.hole)
        return
      }
      // One that was deregistered meanwhile is still described, and can start no service any more.
      if (outcome.value.taskDefinition?.status !== 'ACTIVE') return
      const definition = taskDefinitionFromEcs(outcome.value.taskDefinition)
      if (definition) taskDefinitions[arn] = definition
    }),
    ...needs.tagArns.map(async (arn) => {
      const outcome = await cycle.call('servicediscovery:ListTagsForResource', lastPart(arn), () =>
        cloudMap.send(new ListTagsForResourceCommand({ ResourceARN: arn })),
      )
      if (!outcome.ok) {
        holes.push(outcome.hole)
        return
      }
      const tags: Record<string, string> = Object.create(null)
      for (const tag of list(outcome.value.Tags)) tags[text(tag.Key)] = text(tag.Value)
      cloudMapTags[arn] = tags
    }),
  ])
  return { holes, taskDefinitions, cloudMapTags, serviceDetails, revisionInputs }
}
