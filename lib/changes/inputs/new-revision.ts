import { z } from 'zod'
import { clusterArn, serviceArn, taskDefinitionArn } from '../fields/arn'
import { taskDefinitionJson } from '../fields/task-definition-json'

/**
 * Input of `new-revision`: the whole new revision as JSON. A form that changes only an image or variables edits the JSON of the present
 * revision (`editRevision`).
 */
export const newRevisionInput = z.object({
  clusterArn,
  serviceArn,
  /** The revision that was edited; a newer one meanwhile is not overwritten. */
  fromArn: taskDefinitionArn,
  text: taskDefinitionJson,
})

export type NewRevisionInput = z.infer<typeof newRevisionInput>
