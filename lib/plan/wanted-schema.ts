import { z } from 'zod'

const text = z.string().max(2_048)

/** Facts of a subject; names are the ones of `Seen`. */
const facts = z.record(z.string().max(100), z.union([text, z.number(), z.boolean(), z.null()]))

const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cluster'), cluster: text }),
  z.strictObject({ kind: z.literal('service'), cluster: text, service: text }),
  z.strictObject({ kind: z.literal('task'), cluster: text, task: text }),
  z.strictObject({ kind: z.literal('task definition'), family: text }),
  z.strictObject({ kind: z.literal('namespace'), name: text }),
  z.strictObject({ kind: z.literal('discovery service'), namespaceId: text, name: text }),
])

/** More than the largest plan looks at. */
const MOST_SEEN = 500

/** What was on the screen. */
export const seenSchema = z
  .array(z.strictObject({ subject, facts: facts.nullable() }))
  .max(MOST_SEEN, 'The plan looks at too much at once.')

/** One per intent of a person. */
export const intentIdSchema = z
  .string()
  .min(8)
  .max(100)
  .regex(/^[A-Za-z0-9-]+$/, 'This is no id of an intent.')

/** What a person must type for a destructive plan. */
export const confirmSchema = z.string().max(1_024).nullable()

/** The id of a run. */
export const runIdSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9-]+$/, 'This is no id of a run.')
