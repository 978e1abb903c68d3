'use server'

import { z } from 'zod'
import { currentRunner } from '@/lib/plan/current-runner'
import { runIdSchema } from '@/lib/plan/wanted-schema'
import { actionClient } from './client'

/** Takes back what a run made, in reverse order. `goOver`: also where somebody changed it since. */
export const undoRun = actionClient
  .metadata({ name: 'undoRun', role: 'operator' })
  .inputSchema(z.strictObject({ runId: runIdSchema, goOver: z.boolean() }))
  .action(async ({ parsedInput, ctx }) => {
    await currentRunner().undo(parsedInput.runId, ctx.by, parsedInput.goOver)
    return { runId: parsedInput.runId }
  })
