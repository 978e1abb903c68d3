import { invalidNextToken } from './errors'

const START = 'sb1:'

/** An opaque token for a place in a list. */
export const toPageToken = (place: number): string => Buffer.from(START + place).toString('base64url')

/** Throws `InvalidNextToken`. */
export function fromPageToken(token: string | undefined): number {
  if (token === undefined) return 0
  const text = Buffer.from(token, 'base64url').toString('utf8')
  const place = text.startsWith(START) ? text.slice(START.length) : ''
  if (!/^\d{1,9}$/.test(place)) throw invalidNextToken()
  return Number(place)
}
