'use server'

import { planScale, scaleInput } from '@/lib/changes/scale'
import { readService } from '@/lib/inventory/read-one'
import { change } from '@/lib/plan/change'
import { currentTarget } from '@/lib/target/current'
import { actionClient } from './client'

/** Sets the desired count of a service, unless somebody changed it since it was seen. */
export const scaleService = actionClient
  .metadata({ name: 'scaleService', role: 'operator' })
  .inputSchema(scaleInput)
  .action(({ parsedInput }) =>
    change(
      'ecs:DescribeServices',
      () => readService(currentTarget().clients(), parsedInput.clusterArn, parsedInput.serviceArn),
      (service) => planScale(service, parsedInput),
    ),
  )
