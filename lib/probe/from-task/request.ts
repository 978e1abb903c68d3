import { z } from 'zod'
import { callRequestSchema } from '../request'
import type { CallRequest } from '../trip'

/** What `POST /api/call/from-task` accepts: one call, from a task of the service `from`. */
export const taskCallSchema = callRequestSchema.extend({
  from: callRequestSchema.shape.serviceId,
  via: z.enum(['alias', 'dns', 'discover', 'tasks']),
  count: z.literal(1, 'A task makes one call at a time.').default(1),
  concurrency: z.literal(1).default(1),
}) satisfies z.ZodType<CallRequest>

export type TaskCallRequest = z.infer<typeof taskCallSchema>
