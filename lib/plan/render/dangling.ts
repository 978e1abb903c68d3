import type { Plan } from '../plan'
import { danglingRemark, inputOf, refsIn } from './value'

/** A remark for each reference that no earlier step answers; a plan of ours has none, an imported one may. */
export function danglingRefs(plan: Plan): readonly string[] {
  const before = new Set<string>()
  const remarks = new Set<string>()
  for (const step of plan.steps) {
    for (const { $ref } of refsIn(inputOf(step)))
      if (!before.has($ref.step)) remarks.add(danglingRemark($ref.output, $ref.step))
    before.add(step.id)
  }
  return [...remarks]
}
