import type { Tag } from '@aws-sdk/client-ecs'
import type { EcsState } from '../../state/ecs'
import { invalidParameter } from '../errors'

const maxTags = 50
const keyPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u
const valuePattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u

/** The tags of a resource as the API gives them. */
export function tagsOf(ecs: EcsState, arn: string): Tag[] {
  const tags = ecs.tags.get(arn)
  return tags ? Array.from(tags, ([key, value]) => ({ key, value })) : []
}

/**
 * Checks tags of a request: key 1 to 128, value up to 256 characters, no `aws:` prefix, no key twice, at most 50
 * together with those that are there. Throws `InvalidParameterException`.
 */
export function checkTags(tags: readonly Tag[] = [], present?: ReadonlyMap<string, string>): void {
  const keys = new Set<string>()
  for (const { key, value } of tags) {
    if (key === undefined || !keyPattern.test(key))
      throw invalidParameter(`Invalid tag key '${key ?? ''}': 1 to 128 letters, digits, spaces and _.:/=+-@.`)
    if (/^aws:/i.test(key)) throw invalidParameter(`Invalid tag key '${key}': the prefix aws: is reserved.`)
    if (value !== undefined && !valuePattern.test(value))
      throw invalidParameter(`Invalid value of tag '${key}': up to 256 letters, digits, spaces and _.:/=+-@.`)
    if (keys.has(key)) throw invalidParameter(`Duplicate tag key '${key}'.`)
    keys.add(key)
  }
  for (const key of present?.keys() ?? []) keys.add(key)
  if (keys.size > maxTags) throw invalidParameter(`A resource can have at most ${maxTags} tags.`)
}

/** Adds tags to a resource; a key that is there gets the new value. */
export function setTags(ecs: EcsState, arn: string, tags: readonly Tag[] = []): void {
  if (tags.length === 0) return
  const all = ecs.tags.get(arn) ?? new Map<string, string>()
  for (const { key, value } of tags) if (key !== undefined) all.set(key, value ?? '')
  ecs.tags.set(arn, all)
}
