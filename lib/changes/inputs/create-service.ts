import { serviceConflicts } from '../service-conflicts'
import { serviceShape } from './service-shape'

export type { CreateServiceInput } from './service-shape'

/** Input of `create-service`. ECS API reference, CreateService. */
export const createServiceInput = serviceShape.superRefine((input, context) => {
  for (const { path, message } of serviceConflicts(input))
    context.addIssue({ code: 'custom', path: [...path], message })
})
