'use server'

import { randomUUID } from 'node:crypto'
import { planScale, scaleInput } from '@/lib/changes/scale'
import { readService } from '@/lib/inventory/read-one'
import { orRefused } from '@/lib/plan/begin'
import { runNow } from '@/lib/plan/run-now'
import { currentTarget } from '@/lib/target/current'
import { actionClient } from './client'

/** Sets the desired count of a service, unless somebody changed it since it was seen. Answers when ECS has taken it. */
export const scaleService = actionClient
  .metadata({ name: 'scaleService', role: 'operator' })
  .inputSchema(scaleInput)
  .action(({ parsedInput, ctx }) => {
    const { clusterArn, serviceArn } = parsedInput
    const wanted = { kind: 'scale', intentId: randomUUID(), seen: [], confirm: null, by: ctx.by }
    return runNow(wanted, async () =>
      planScale(
        await orRefused('ecs:DescribeServices', () =>
          readService(currentTarget().clients(), clusterArn, serviceArn),
        ),
        parsedInput,
      ),
    )
  })
