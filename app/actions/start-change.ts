'use server'

import { z } from 'zod'
import { planChange } from '@/lib/changes/catalogue'
import { changeKinds } from '@/lib/changes/change'
import { begin } from '@/lib/plan/begin'
import { currentRunner } from '@/lib/plan/current-runner'
import { orRefused } from '@/lib/plan/or-refused'
import { confirmSchema, intentIdSchema, seenSchema } from '@/lib/plan/wanted-schema'
import { readWorld } from '@/lib/world/read-world'
import { actionClient } from './client'

/** Makes the plan of a change from the world as it is now and begins it; answers with the run's id. */
export const startChange = actionClient
  .metadata({ name: 'startChange', role: 'operator' })
  .inputSchema(
    z.strictObject({
      kind: z.enum(changeKinds),
      // Its own schema is asked in planChange.
      input: z.unknown(),
      intentId: intentIdSchema,
      seen: seenSchema,
      confirm: confirmSchema,
    }),
  )
  .action(({ parsedInput, ctx }) => {
    const { kind, input, intentId, seen, confirm } = parsedInput
    return begin(currentRunner(), { kind, intentId, seen, confirm, by: ctx.by }, async () =>
      planChange(kind, input, await orRefused('reading the target', () => readWorld({ kind, input }))),
    )
  })
