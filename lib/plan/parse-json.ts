/** What a plan or the input of a change may measure, as text. */
export const MOST_BYTES = 1024 * 1024
/** How deep it may be nested; the deepest input of ECS is below 20. */
export const MOST_DEPTH = 64

/** Whether something nests deeper than `MOST_DEPTH`; without recursion, because it is asked of hostile texts. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

/** A text as JSON within the limits; a sentence when it is none. */
export function parseJson(text: string): { readonly value: unknown } | { readonly fault: string } {
  if (Buffer.byteLength(text) > MOST_BYTES) return { fault: 'The text has more than 1 MiB.' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { fault: `The text is not JSON: ${error.message.slice(0, 200)}.` }
  }
  return isTooDeep(value) ? { fault: `The JSON nests deeper than ${MOST_DEPTH} levels.` } : { value }
}
