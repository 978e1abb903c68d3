import { ApiError } from '../wire/api-error'

/**
 * Terms of a CloudWatch Logs filter pattern (Logs user guide, "Filter pattern syntax for unstructured events"): all of
 * them must be in the message; `-term` must not; of the `?term`s at least one. Quotes hold a phrase together. Case
 * counts. Throws `InvalidParameterException` for JSON, column and regular expression patterns.
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  if (pattern.length > 1024) throw invalidPattern('it is longer than 1024 characters.')
  if (/^\s*[{[]|^\s*%/.test(pattern)) {
    throw invalidPattern('the local cloud knows terms only, not JSON, columns or regular expressions.')
  }
  const all: string[] = []
  const none: string[] = []
  const any: string[] = []
  for (const [, sign = '', phrase, word] of pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)) {
    const term = phrase === undefined ? (word ?? '') : phrase.replace(/\\(.)/g, '$1')
    if (sign === '-') none.push(term)
    else if (sign === '?') any.push(term)
    else all.push(term)
  }
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    // Beside plain terms AWS ignores the optional ones.
    (any.length === 0 || all.length > 0 || any.some((term) => message.includes(term)))
}

const invalidPattern = (reason: string): ApiError =>
  new ApiError('InvalidParameterException', `Invalid filter pattern: ${reason}`)
