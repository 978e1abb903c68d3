/** The largest JSON that is taken in; the server has the same limit and checks again. */
export const mostCharacters = 400_000

export type JsonKind = {
  readonly kind: 'plan' | 'task definition' | 'unknown'
  /** Why it cannot be used, for the field; null when it can. */
  readonly problem: string | null
}

const unknown = (problem: string): JsonKind => ({ kind: 'unknown', problem })

/** What a pasted text is, by its shape alone; whether it is right is for the server to say. */
export function kindOfJson(text: string): JsonKind {
  if (text.trim() === '') return unknown('Paste JSON, or drop a file.')
  if (text.length > mostCharacters) return unknown('This is too long for a plan or a task definition.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return unknown(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unknown('This is JSON, but neither a plan nor a task definition.')
  if ('steps' in value) return { kind: 'plan', problem: null }
  // `describe-task-definition` puts it one level down.
  if ('containerDefinitions' in value || 'taskDefinition' in value)
    return { kind: 'task definition', problem: null }
  return unknown(
    'This is JSON, but it has neither steps (a plan) nor containerDefinitions (a task definition).',
  )
}
