import { z } from 'zod'
import { readTaskDefinitionJson } from '../task-definition-json'

/** RegisterTaskDefinition takes 64 KiB (ECS service quotas); room for indentation and for what describe adds. */
const LONGEST_TEXT = 400_000

/** A task definition as pasted text; every fault is told at the field. */
export const taskDefinitionJson = z
  .string()
  .min(1, 'Paste a task definition as JSON.')
  .max(LONGEST_TEXT, 'This is too long for a task definition, which has at most 64 KiB.')
  .superRefine((text, context) => {
    if (text === '' || text.length > LONGEST_TEXT) return
    const read = readTaskDefinitionJson(text)
    if (!read.ok)
      for (const fault of read.faults.slice(0, 5))
        context.addIssue({
          code: 'custom',
          message: fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`,
        })
  })
