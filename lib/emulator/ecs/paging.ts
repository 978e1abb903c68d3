import { invalidParameter } from './errors'

/** What a List request says about the page it wants. */
export type PageRequest = {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

export type Page = { readonly keys: string[]; readonly nextToken?: string }

const maxPageSize = 100

/**
 * One page of keys in their natural order. The token holds the last key that was given, so entries that come or go
 * between two pages neither repeat nor hide others. `list` names the operation: a token is good for that one only.
 * Throws `InvalidParameterException` for a foreign token or a size outside 1 to 100.
 */
export function pageOf(
  list: string,
  keys: readonly string[],
  { nextToken, maxResults }: PageRequest,
  { pageSize = maxPageSize, descending = false }: { pageSize?: number; descending?: boolean } = {},
): Page {
  const size = maxResults ?? pageSize
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize)
    throw invalidParameter(`maxResults must be a whole number between 1 and ${maxPageSize}.`)
  const after = nextToken === undefined ? undefined : readToken(list, nextToken)
  const rest =
    after === undefined ? [...keys] : keys.filter((key) => (descending ? key < after : key > after))
  rest.sort()
  if (descending) rest.reverse()
  const page = rest.slice(0, size)
  const last = page.at(-1)
  return rest.length > size && last !== undefined
    ? { keys: page, nextToken: makeToken(list, last) }
    : { keys: page }
}

const makeToken = (list: string, lastKey: string): string =>
  Buffer.from(JSON.stringify([list, lastKey])).toString('base64url')

function readToken(list: string, token: string): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    throw invalidParameter('Invalid token: use the nextToken of the page before.')
  }
  if (!Array.isArray(parsed) || parsed[0] !== list || typeof parsed[1] !== 'string')
    throw invalidParameter(`Invalid token: it was not given by ${list}.`)
  return parsed[1]
}
