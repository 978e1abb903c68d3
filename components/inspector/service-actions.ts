/** What next-safe-action answers, as far as a person has to know. */
export type ActionOutcome = {
  readonly data?: unknown
  readonly serverError?: unknown
  readonly validationErrors?: unknown
}

export type ActionFailure = {
  readonly title: string
  readonly message: string
  readonly remedy: string | null
}

/** What went wrong, in words; null when it went well. */
export function readFailure(outcome: ActionOutcome | undefined): ActionFailure | null {
  if (!outcome) return null
  if (outcome.validationErrors) {
    return {
      title: 'The input was refused',
      message: firstText(outcome.validationErrors) ?? 'It is not valid.',
      remedy: null,
    }
  }
  const error = outcome.serverError
  if (error === undefined || error === null) return null
  if (typeof error === 'string') return { title: 'It was not done', message: error, remedy: null }
  if (typeof error !== 'object') return { title: 'It was not done', message: String(error), remedy: null }
  const read = (key: string) => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    title: read('code') ?? read('name') ?? 'It was not done',
    message: read('message') ?? 'The console gave no reason.',
    remedy: read('remedy'),
  }
}

function firstText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return null
  for (const inner of Object.values(value)) {
    const found = firstText(inner)
    if (found) return found
  }
  return null
}
