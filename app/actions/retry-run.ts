'use server'

import { z } from 'zod'
import { currentRunner } from '@/lib/plan/current-runner'
import { runIdSchema } from '@/lib/plan/wanted-schema'
import { actionClient } from './client'

/** Goes on with a run at its first step that is not done. */
export const retryRun = actionClient
  .metadata({ name: 'retryRun', role: 'operator' })
  .inputSchema(z.strictObject({ runId: runIdSchema }))
  .action(async ({ parsedInput, ctx }) => {
    await currentRunner().retry(parsedInput.runId, ctx.by)
    return { runId: parsedInput.runId }
  })
