import { z } from 'zod'

export const shellId = z.string().regex(/^[0-9a-f]{32}$/, 'This is no shell.')

/** What `POST /api/shell` accepts: the service in whose task a shell is opened. */
export const openShellSchema = z.strictObject({
  from: z
    .string()
    .max(600)
    .regex(/^(service|tasks)\/[\x21-\x7e]+$/, 'A service id looks like service/<cluster>/<name>.'),
})

const side = z.int().min(2).max(1_000)

/** What `POST /api/shell/input` accepts: keys, a new size of the window, or the end. */
export const shellInputSchema = z.strictObject({
  id: shellId,
  keys: z.string().max(8_192).optional(),
  size: z.strictObject({ cols: side, rows: side }).optional(),
  end: z.literal(true).optional(),
})
