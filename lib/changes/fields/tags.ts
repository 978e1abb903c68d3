import { z } from 'zod'

/** One tag as forms hold it. */
export type TagInput = { readonly key: string; readonly value: string }

const MOST_TAGS = 50
const LONGEST_KEY = 128
const LONGEST_VALUE = 256
/** What ECS takes in keys and values (ECS API reference, Tag); Cloud Map bounds only the length. */
const ECS_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const ECS_SAYS = 'Amazon ECS takes letters, digits, spaces and _ . : / = + - @ in tags.'

const key = z
  .string()
  .min(1, 'A tag needs a key.')
  .max(LONGEST_KEY, `A key has at most ${LONGEST_KEY} characters.`)
  .regex(/^(?!aws:)/i, 'Keys that start with aws: are kept for AWS.')
const value = z.string().max(LONGEST_VALUE, `A value has at most ${LONGEST_VALUE} characters.`)

const listOf = <Tag extends z.ZodType<TagInput>>(tag: Tag) =>
  z
    .array(tag)
    .max(MOST_TAGS, `A resource has at most ${MOST_TAGS} tags.`)
    .superRefine((tags, context) => {
      const seen = new Set<string>()
      tags.forEach((one, index) => {
        if (seen.has(one.key))
          context.addIssue({ code: 'custom', path: [index, 'key'], message: 'This key is there already.' })
        seen.add(one.key)
      })
    })

/** Tags of a cluster, a service or a task definition. */
export const ecsTags = listOf(
  z.object({ key: key.regex(ECS_TEXT, ECS_SAYS), value: value.regex(ECS_TEXT, ECS_SAYS) }),
)

/** Tags of a namespace or a discovery service (Cloud Map API reference, Tag). */
export const cloudMapTags = listOf(z.object({ key, value }))
