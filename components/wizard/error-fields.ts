const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The places of all errors in React Hook Form's nested shape: `ports.0.name`. A list's own error stands under `root`. */
export function errorFields(errors: unknown, place = ''): readonly string[] {
  if (!isRecord(errors)) return []
  if (typeof errors.message === 'string' && place !== '') return [place]
  return Object.entries(errors).flatMap(([key, inner]) => {
    if (key === 'ref' || inner === undefined) return []
    if (key === 'root') return isRecord(inner) && typeof inner.message === 'string' ? [place] : []
    return errorFields(inner, place === '' ? key : `${place}.${key}`)
  })
}
