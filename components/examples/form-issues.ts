import type { ZodError } from 'zod'

export type FormIssue = { readonly field: string; readonly message: string }

/** The first thing wrong with each field. */
export function issuesOf(error: ZodError): readonly FormIssue[] {
  const first = new Map<string, string>()
  for (const { path, message } of error.issues) {
    const field = path.map(String).join('.')
    if (!first.has(field)) first.set(field, message)
  }
  return [...first].map(([field, message]) => ({ field, message }))
}
