'use server'

import { z } from 'zod'
import { begin } from '@/lib/plan/begin'
import { currentRunner } from '@/lib/plan/current-runner'
import { MOST_BYTES } from '@/lib/plan/parse-json'
import { planImported } from '@/lib/plan/plan-imported'
import { confirmSchema, intentIdSchema, seenSchema } from '@/lib/plan/wanted-schema'
import { actionClient } from './client'

/** Begins an exported plan; answers with the run's id. */
export const startImported = actionClient
  .metadata({ name: 'startImported', role: 'operator' })
  .inputSchema(
    z.strictObject({
      text: z.string().max(MOST_BYTES, 'The text has more than 1 MiB.'),
      intentId: intentIdSchema,
      seen: seenSchema,
      confirm: confirmSchema,
    }),
  )
  .action(({ parsedInput, ctx }) => {
    const { text, ...wanted } = parsedInput
    return begin(currentRunner(), { ...wanted, kind: 'imported-plan', by: ctx.by }, () => planImported(text))
  })
