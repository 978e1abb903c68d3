import { ApiError } from './api-error'

/** AWS allows more for some operations; no request of ECS, Cloud Map or Logs comes near this. */
export const maxBodyBytes = 1_048_576
export const maxDepth = 64

/**
 * The JSON object of a request body. An empty body counts as `{}`.
 * Throws `SerializationException` for anything that is not a JSON object or nests deeper than `maxDepth`.
 */
export function parseJsonBody(text: string): object {
  if (text.trim() === '') return {}
  // A text needs two characters per level, so short ones (nearly all) cannot be too deep.
  if (text.length > maxDepth * 2 && depthOf(text) > maxDepth) {
    throw new ApiError('SerializationException', `The request body nests deeper than ${maxDepth} levels.`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ApiError('SerializationException', `The request body is not valid JSON: ${reason}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('SerializationException', 'The request body must be a JSON object.')
  }
  return value
}

const quote = 0x22
const backslash = 0x5c

/** How deep brackets nest outside of strings; counts without parsing, so no depth can hurt it. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === backslash) index += 1
      else if (code === quote) inString = false
    } else if (code === quote) {
      inString = true
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1
    }
  }
  return deepest
}
