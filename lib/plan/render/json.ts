import type { Plan } from '../plan'
import { inputOf } from './value'
import { visibleJson } from './visible'

/** The version of the exported shape; an import refuses what it does not know. */
export const envelopeVersion = 1

/** The plan itself, to be read in again: what is to be sent, in what order, and why. */
export function renderJson(plan: Plan): string {
  const envelope = {
    switchboard: envelopeVersion,
    title: plan.title,
    steps: plan.steps.map((step) => ({
      id: step.id,
      sentence: step.sentence,
      command: step.command,
      input: inputOf(step),
    })),
  }
  return `${visibleJson(JSON.stringify(envelope, null, 2))}\n`
}
