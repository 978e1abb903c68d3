import { z } from 'zod'
import { problemOfPath } from './path'
import { type CallRequest, methods } from './trip'

/** Limits of one run: enough to see a spread, too little to be a load generator. */
export const maxCount = 500
export const maxConcurrency = 20

/** What `POST /api/call` accepts; unknown members are refused. */
export const callRequestSchema = z.strictObject({
  serviceId: z
    .string()
    .min(1)
    .max(600)
    .regex(/^(service|discovery|tasks)\/[\x21-\x7e]+$/, 'A service id looks like service/<cluster>/<name>.'),
  method: z.enum(methods).default('GET'),
  path: z
    .string()
    .default('/')
    .superRefine((path, context) => {
      const message = problemOfPath(path)
      if (message) context.addIssue({ code: 'custom', message })
    }),
  count: z.int().min(1).max(maxCount).default(1),
  concurrency: z.int().min(1).max(maxConcurrency).default(1),
  via: z.enum(['discover', 'dns', 'tasks']).default('discover'),
  port: z.int().min(1).max(65_535).optional(),
}) satisfies z.ZodType<CallRequest>
