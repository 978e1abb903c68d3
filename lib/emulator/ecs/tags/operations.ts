import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  TagResourceResponse,
  UntagResourceRequest,
  UntagResourceResponse,
} from '@aws-sdk/client-ecs'
import { parseArn } from '../../arn'
import type { Context, Operation } from '../../context'
import { clusterNotFound, invalidParameter, resourceNotFound } from '../errors'
import { taskDefinitionByArn } from '../task-definitions/find-task-definition'
import { checkTags, setTags, tagsOf } from './tags'

const tagResource: Operation<TagResourceRequest, TagResourceResponse> = (context, input) => {
  const arn = requireResource(context, input.resourceArn ?? '')
  checkTags(input.tags, context.state.ecs.tags.get(arn))
  setTags(context.state.ecs, arn, input.tags)
  return {}
}

const untagResource: Operation<UntagResourceRequest, UntagResourceResponse> = (context, input) => {
  const arn = requireResource(context, input.resourceArn ?? '')
  for (const key of input.tagKeys ?? []) context.state.ecs.tags.get(arn)?.delete(key)
  return {}
}

const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> = (
  context,
  input,
) => ({ tags: tagsOf(context.state.ecs, requireResource(context, input.resourceArn ?? '')) })

/** The ARN of something that can carry tags and exists: a cluster, service, task, task definition or capacity provider. */
function requireResource({ state, scope }: Context, text: string): string {
  const arn = parseArn(text)
  if (arn?.service !== 'ecs') throw invalidParameter(`Invalid resource ARN '${text}'.`)
  const [kind, clusterName = '', name = ''] = arn.resource.split('/')
  if (
    kind === undefined ||
    !['cluster', 'service', 'task', 'task-definition', 'capacity-provider'].includes(kind)
  )
    throw invalidParameter(`Resources of the type '${kind}' can not be tagged here.`)
  const here = arn.region === scope.region && arn.accountId === scope.accountId
  if (kind === 'task-definition') {
    if (!here || !taskDefinitionByArn(state.ecs, text)) throw resourceNotFound(text)
    return text
  }
  if (kind === 'capacity-provider') {
    if (!here || !state.ecs.capacityProviders.has(clusterName)) throw resourceNotFound(text)
    return text
  }
  const cluster = here ? state.ecs.clusters.get(clusterName) : undefined
  if (!cluster) throw clusterNotFound()
  const found =
    kind === 'cluster' || (kind === 'service' ? cluster.services.has(name) : cluster.tasks.has(name))
  if (!found) throw resourceNotFound(text)
  return text
}

/** The operations on tags. */
export const tagOperations = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
}
