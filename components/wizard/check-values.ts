import type { FieldValues } from 'react-hook-form'
import type { FieldIssue, WizardDefinition, WizardStep } from './wizard-model'

/** The change's input, or everything that is wrong with the values, at the fields of the form; the first of each field only. */
export function checkValues<Values extends FieldValues>(
  wizard: Pick<WizardDefinition<Values>, 'schema' | 'toInput' | 'fieldOf' | 'objections'>,
  values: Values,
): { readonly input: unknown; readonly issues: readonly FieldIssue[] } {
  const parsed = wizard.schema.safeParse(wizard.toInput(values))
  const issues = new Map<string, string>()
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.map(String).join('.')
    const field = wizard.fieldOf?.(path, values) ?? path
    if (!issues.has(field)) issues.set(field, issue.message)
  }
  for (const { field, message } of wizard.objections?.(values) ?? [])
    if (!issues.has(field)) issues.set(field, message)
  return {
    input: parsed.success && issues.size === 0 ? parsed.data : null,
    issues: [...issues].map(([field, message]) => ({ field, message })),
  }
}

/** Whether a field lies at or under one of these places. */
export function isUnder(field: string, places: readonly string[]): boolean {
  return places.some((place) => field === place || field.startsWith(`${place}.`))
}

/**
 * What may be marked as wrong when these lists got or lost a row: nothing inside of their rows but what was marked before. The rows
 * themselves are checked when somebody leaves a field of theirs, or wants to go on.
 */
export function worthMarking(
  issues: readonly FieldIssue[],
  lists: readonly string[],
  marked: readonly string[],
): readonly FieldIssue[] {
  const isInside = (field: string) => lists.some((list) => field.startsWith(`${list}.`))
  return issues.filter(({ field }) => !isInside(field) || marked.includes(field))
}

/** Issues by step, in the steps' order. What no step has falls to the last, so that nothing is hidden. */
export function issuesBySteps<Values>(
  steps: readonly Pick<WizardStep<Values>, 'fields'>[],
  issues: readonly FieldIssue[],
): readonly (readonly FieldIssue[])[] {
  const owner = (issue: FieldIssue) => {
    const at = steps.findIndex((step) => isUnder(issue.field, step.fields))
    return at === -1 ? steps.length - 1 : at
  }
  return steps.map((_, at) => issues.filter((issue) => owner(issue) === at))
}

/** `open`: it was reached, but there is nothing in it to be done with. */
export type StepState = 'done' | 'wrong' | 'current' | 'ahead' | 'open'

/**
 * How the list of steps shows each of them. A step that was not reached yet is `ahead`; one that was, but is not right any more, is
 * `wrong`. The last one, the review, is done only when its plan was run, and then the wizard is over.
 */
export function stepStates(
  issues: readonly (readonly FieldIssue[])[],
  current: number,
  furthest: number,
): readonly StepState[] {
  return issues.map((own, at) => {
    if (at === current) return 'current'
    if (at > furthest) return 'ahead'
    if (own.length > 0) return 'wrong'
    return at === issues.length - 1 ? 'open' : 'done'
  })
}

/** The step to show when `wanted` is asked for: never past one that was not reached. */
export function clampStep(wanted: number, furthest: number, count: number): number {
  return Math.max(0, Math.min(wanted, furthest, count - 1))
}
