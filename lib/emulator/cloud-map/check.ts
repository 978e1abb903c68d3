import type { Tag } from '@aws-sdk/client-servicediscovery'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'

/** An `InvalidInput` error; the message names the member. */
export const invalidInput = (message: string): ApiError => new ApiError('InvalidInput', message)

/** Throws `InvalidInput` when the text is longer or shorter than Cloud Map allows. */
export function checkLength(member: string, text: string, minimum: number, maximum: number): void {
  if (text.length >= minimum && text.length <= maximum) return
  throw invalidInput(
    `${member} must have ${minimum} to ${maximum} characters; the one given has ${text.length}.`,
  )
}

/** Throws `InvalidInput` when the number is no integer in the range. */
export function checkRange(member: string, value: number, minimum: number, maximum: number): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return
  throw invalidInput(`${member} must be an integer from ${minimum} to ${maximum}; ${value} is not.`)
}

/** Members that many requests share (Cloud Map API reference). Throws `InvalidInput`. */
export function checkCommon(input: {
  readonly Description?: string | undefined
  readonly CreatorRequestId?: string | undefined
  readonly UpdaterRequestId?: string | undefined
}): void {
  if (input.Description !== undefined) checkLength('Description', input.Description, 0, 1024)
  if (input.CreatorRequestId !== undefined) checkLength('CreatorRequestId', input.CreatorRequestId, 0, 64)
  if (input.UpdaterRequestId !== undefined) checkLength('UpdaterRequestId', input.UpdaterRequestId, 0, 64)
}

/** The model allows a list of this length; a resource may hold fewer. */
const maxListedTags = 200
const maxTagsOfResource = 50

/**
 * The tags of a resource after adding `added`. Throws `InvalidInput` for a malformed tag and `TooManyTagsException`
 * when the resource would hold more than 50.
 */
export function mergeTags(
  before: ReadonlyMap<string, string> | undefined,
  added: readonly Wire<Tag>[] | undefined,
  resourceName: string,
): Map<string, string> {
  const tags = new Map(before)
  if ((added?.length ?? 0) > maxListedTags) {
    throw invalidInput(`Tags must have 0 to ${maxListedTags} entries; ${added?.length} were given.`)
  }
  for (const { Key = '', Value = '' } of added ?? []) {
    checkLength('Tags[].Key', Key, 1, 128)
    checkLength('Tags[].Value', Value, 0, 256)
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidInput(`Tags[].Key ${JSON.stringify(Key)} starts with aws:, which AWS keeps for itself.`)
    }
    tags.set(Key, Value)
  }
  if (tags.size > maxTagsOfResource) {
    throw new ApiError(
      'TooManyTagsException',
      `A resource may have ${maxTagsOfResource} tags; this request would make it ${tags.size}.`,
      { ResourceName: resourceName },
    )
  }
  return tags
}
