import { ApiError } from '../wire/api-error'

/** The values of a list that the EC2 query protocol spells `Name.1`, `Name.2` …, in order. */
export function listOf(fields: URLSearchParams, name: string): string[] {
  const found: { index: number; value: string }[] = []
  for (const [key, value] of fields) {
    if (!key.startsWith(`${name}.`)) continue
    const index = key.slice(name.length + 1)
    if (/^\d{1,4}$/.test(index)) found.push({ index: Number(index), value })
  }
  return found.sort((a, b) => a.index - b.index).map(({ value }) => value)
}

export type Ec2Filter = { readonly name: string; readonly values: readonly string[] }

/** `Filter.1.Name` with `Filter.1.Value.1` …; several filters are ANDed, the values of one are ORed. */
export function filtersOf(fields: URLSearchParams): Ec2Filter[] {
  const filters: Ec2Filter[] = []
  for (let index = 1; index <= 200; index += 1) {
    const name = fields.get(`Filter.${index}.Name`)
    if (name === null) break
    filters.push({ name, values: listOf(fields, `Filter.${index}.Value`) })
  }
  return filters
}

/**
 * Whether a thing with these filterable properties passes. `*` and `?` are wildcards (EC2 user guide, "Filter
 * resources"). Throws `InvalidParameterValue` for a filter that the local cloud does not know.
 */
export function passes(
  filters: readonly Ec2Filter[],
  properties: Readonly<Record<string, string | readonly string[]>>,
): boolean {
  return filters.every(({ name, values }) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (property === undefined) {
      throw new ApiError('InvalidParameterValue', `The filter '${name.slice(0, 100)}' is invalid`)
    }
    const own = typeof property === 'string' ? [property] : property
    return values.some((value) => own.some((text) => matchesWildcard(value, text)))
  })
}

/** Goes back to the last `*` only, so that no pattern takes more than pattern times text steps. */
function matchesWildcard(pattern: string, text: string): boolean {
  let [at, star, resume] = [0, -1, 0]
  for (let index = 0; index < text.length; ) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at
      resume = index
      at += 1
    } else if (wanted === '?' || wanted === text[index]) {
      at += 1
      index += 1
    } else if (star >= 0) {
      at = star + 1
      resume += 1
      index = resume
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(at))
}
