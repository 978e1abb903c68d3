import { z } from 'zod'
import type { ActivityFilter } from './entry'

const MOST_ENTRIES = 200

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'is a whole number')
  .transform(Number)

const query = z.object({
  text: z.string().max(200, 'has at most 200 characters').optional(),
  result: z.enum(['done', 'failed', 'unknown', 'intended']).optional(),
  fromMs: wholeNumber.optional(),
  toMs: wholeNumber.optional(),
  runId: z.string().max(100).optional(),
  beforeSeq: wholeNumber.optional(),
  limit: wholeNumber.optional(),
})

/** The filter in an address; a sentence when it is none. */
export function activityFilterFrom(params: URLSearchParams): ActivityFilter | string {
  const parsed = query.safeParse(Object.fromEntries(params))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return `${issue?.path.join('.') ?? 'The filter'} ${issue?.message ?? 'is not valid'}.`
  }
  const { text, result, fromMs, toMs, runId, beforeSeq, limit } = parsed.data
  return {
    text: text || null,
    result: result ?? null,
    fromMs: fromMs ?? null,
    toMs: toMs ?? null,
    runId: runId ?? null,
    beforeSeq: beforeSeq ?? null,
    limit: Math.min(Math.max(limit ?? 50, 1), MOST_ENTRIES),
  }
}
