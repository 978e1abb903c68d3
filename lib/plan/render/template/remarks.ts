import type { Plan } from '../../plan'
import { createSteps, unsayable } from '../creates'
import { danglingRefs } from '../dangling'
import type { RenderTarget } from '../rendered'
import { inputOf, isFields, isList, type Value } from '../value'

/** Whether a text stands anywhere in a value, also in the user's own keys. */
function holds(value: Value, text: string): boolean {
  if (typeof value === 'string') return value.includes(text)
  if (isList(value)) return value.some((item) => holds(item, text))
  return (
    isFields(value) && Object.entries(value).some(([name, item]) => name.includes(text) || holds(item, text))
  )
}

/** What CloudFormation makes of a plan differently than the calls would; CDK's text ends there too. */
export function templateRemarks(plan: Plan, target: RenderTarget, language: string): readonly string[] {
  const remarks = [...unsayable(plan, language), ...danglingRefs(plan)]
  const steps = createSteps(plan)
  if (steps.length > 0 && target.endpointUrl !== null)
    remarks.push(
      `CloudFormation makes this, and the endpoint of this target may not have it: ${language} text is for AWS itself.`,
    )
  if (steps.some((step) => holds(inputOf(step), '{{resolve:')))
    remarks.push(
      'CloudFormation replaces text of the form {{resolve:…}} by what it names (dynamic references); it cannot be told to leave it.',
    )
  return remarks
}
