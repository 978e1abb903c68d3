import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-servicediscovery'
import type { Operation } from '../context'
import type { CloudMapState } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkLength, invalidInput, mergeTags } from './check'
import { findNamespace, findService } from './find'

/** TagResource: adds or overwrites. */
export const tagResource: Operation<Wire<TagResourceRequest>, Record<string, never>> = ({ state }, input) => {
  const arn = requireTaggable(state.cloudMap, input.ResourceARN ?? '')
  state.cloudMap.tags.set(arn, mergeTags(state.cloudMap.tags.get(arn), input.Tags, arn))
  return {}
}

/** UntagResource: keys that are not there are ignored. */
export const untagResource: Operation<Wire<UntagResourceRequest>, Record<string, never>> = (
  { state },
  input,
) => {
  const arn = requireTaggable(state.cloudMap, input.ResourceARN ?? '')
  const keys = input.TagKeys ?? []
  if (keys.length > 200) throw invalidInput(`TagKeys must have 0 to 200 entries; ${keys.length} were given.`)
  for (const key of keys) checkLength('TagKeys[]', key, 1, 128)
  for (const key of keys) state.cloudMap.tags.get(arn)?.delete(key)
  return {}
}

/** ListTagsForResource. */
export const listTagsForResource: Operation<
  Wire<ListTagsForResourceRequest>,
  Wire<ListTagsForResourceResponse>
> = ({ state }, input) => {
  const arn = requireTaggable(state.cloudMap, input.ResourceARN ?? '')
  const tags = state.cloudMap.tags.get(arn) ?? new Map<string, string>()
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }
}

/** Namespaces and services carry tags. Throws `ResourceNotFoundException`. */
function requireTaggable(state: CloudMapState, arn: string): string {
  checkLength('ResourceARN', arn, 1, 1011)
  const resource = arn.startsWith('arn:') ? (findNamespace(state, arn) ?? findService(state, arn)) : undefined
  if (!resource) throw new ApiError('ResourceNotFoundException', `Resource ${arn} does not exist.`)
  return resource.arn
}
