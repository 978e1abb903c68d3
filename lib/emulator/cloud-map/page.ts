import { checkRange, invalidInput } from './check'

/** Cloud Map pages by at most 100, except DiscoverInstances. */
const maxPageSize = 100

/**
 * One page of a list in stable order. `MaxResults` counts before the filter does, so that a page may be empty and
 * still carry a token (Cloud Map API reference, "ListNamespaces"). The token names the key of the last record seen, so a
 * list that changes between pages loses and repeats nothing that stayed. Throws `InvalidInput`.
 */
export function pageOf<T>(
  records: Iterable<T>,
  keyOf: (record: T) => string,
  request: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  keep: (record: T) => boolean = () => true,
): { page: T[]; NextToken?: string } {
  const { MaxResults = maxPageSize, NextToken } = request
  checkRange('MaxResults', MaxResults, 1, maxPageSize)
  const after = NextToken === undefined ? undefined : fromToken(NextToken)

  const sorted = [...records].map((record) => ({ key: keyOf(record), record }))
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const rest = after === undefined ? sorted : sorted.filter(({ key }) => key > after)
  const seen = rest.slice(0, MaxResults)
  const last = seen.at(-1)
  return {
    page: seen.map(({ record }) => record).filter(keep),
    ...(last && rest.length > seen.length ? { NextToken: toToken(last.key) } : {}),
  }
}

const tokenStart = 'sb1:'

const toToken = (key: string): string => Buffer.from(tokenStart + key).toString('base64url')

function fromToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  if (token.length > 4096 || !text.startsWith(tokenStart)) {
    throw invalidInput('NextToken is not one that an earlier page of this list gave.')
  }
  return text.slice(tokenStart.length)
}
