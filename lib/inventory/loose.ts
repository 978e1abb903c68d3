/**
 * Readers for what an endpoint answered. The SDK's types promise less than AWS keeps and more than other endpoints keep
 * (strings that are numbers, lists that are missing, dates that are null), so every field is looked at once, here.
 */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A finite number, also one that came as text; else the fallback. */
export function count(value: unknown, fallback = 0): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback
}

export function countOrNull(value: unknown): number | null {
  const number = count(value, Number.NaN)
  return Number.isNaN(number) ? null : number
}

/** Epoch milliseconds of a date that the SDK made; null when there is none or it is no date. */
export function timeOrNull(value: unknown): number | null {
  if (!(value instanceof Date)) return null
  const ms = value.getTime()
  return Number.isFinite(ms) ? ms : null
}

export function time(value: unknown): number {
  return timeOrNull(value) ?? 0
}

/** A list without its holes; anything that is no list is an empty one. */
export function list<T>(value: readonly T[] | null | undefined): NonNullable<T>[] {
  if (!Array.isArray(value)) return []
  return value.filter((item): item is NonNullable<T> => typeof item === 'object' && item !== null)
}

/** The strings of a list. */
export function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.filter((item): item is string => typeof item === 'string' && item !== '')
}

/** A map of texts as an object without a prototype: its keys come from outside and may be `__proto__`. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null)
  if (typeof value !== 'object' || value === null) return map
  for (const [key, item] of Object.entries(value)) if (typeof item === 'string') map[key] = item
  return map
}
