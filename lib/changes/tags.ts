import type { TagInput } from './fields/tags'

/** `tags` of an ECS call; left out when there are none. */
export const ecsTagsOf = (tags: readonly TagInput[]) =>
  tags.length === 0 ? {} : { tags: tags.map(({ key, value }) => ({ key, value })) }

/** `Tags` of a Cloud Map call; left out when there are none. */
export const cloudMapTagsOf = (tags: readonly TagInput[]) =>
  tags.length === 0 ? {} : { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }
