import 'server-only'
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { tidyRevision } from '@/lib/changes/edit-revision'
import { readTaskDefinition, type TaskDefinitionInput } from '@/lib/changes/task-definition-json'
import type { Clients } from '@/lib/target/clients'

/** null: AWS answered something that is no task definition. */
export type ReadRevision = { readonly arn: string; readonly input: TaskDefinitionInput } | null

/**
 * A revision as the input that would register it again, environment values included: for operators only. Throws the SDK's error.
 */
export async function readTaskDefinitionInput(
  { ecs }: Pick<Clients, 'ecs'>,
  arn: string,
): Promise<ReadRevision> {
  const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }))
  const definition = answer.taskDefinition
  if (!definition) return null
  // AWS keeps tags that start with aws: and refuses them in a request.
  const tags = (answer.tags ?? []).filter((tag) => !/^aws:/i.test(tag.key ?? ''))
  const read = readTaskDefinition(
    JSON.parse(JSON.stringify({ ...definition, ...(tags.length > 0 ? { tags } : {}) })),
  )
  return read.ok ? { arn: definition.taskDefinitionArn ?? arn, input: tidyRevision(read.input) } : null
}
