import 'server-only'
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { ListTagsForResourceCommand } from '@aws-sdk/client-servicediscovery'
import type { Needs } from '@/lib/changes/needs'
import type { World } from '@/lib/changes/world'
import type { Clients } from '@/lib/target/clients'
import { lastPart } from './arn'
import type { Cycle } from './cycle'
import { taskDefinitionFromEcs } from './from-ecs'
import { list, text } from './loose'
import type { Hole, TaskDefinition } from './model'

export type OnDemand = Pick<World, 'cloudMapTags'> & {
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
  await Promise.all([
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
  return { holes, taskDefinitions, cloudMapTags }
}
