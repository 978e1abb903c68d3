import type { Context } from '../context'
import { ApiError } from '../wire/api-error'
import type { LogGroup, LogStream } from './store'

/** An `InvalidParameterException`; the message names the member. */
export const invalidParameter = (message: string): ApiError =>
  new ApiError('InvalidParameterException', message)

/** The group that a request names, by name or by identifier (name or ARN). Throws `ResourceNotFoundException`. */
export function requireGroup(
  { logs, scope }: Context,
  input: { readonly logGroupName?: string | undefined; readonly logGroupIdentifier?: string | undefined },
): LogGroup {
  const { logGroupName, logGroupIdentifier } = input
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier is required.')
  }
  const name =
    logGroupName ?? (logGroupIdentifier ?? '').replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:|:\*$/g, '')
  const group = logs.groups(scope).get(name)
  if (!group) throw new ApiError('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}

/** Throws `ResourceNotFoundException`; normal for a task that has written nothing yet. */
export function requireStream(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name)
  if (!stream) throw new ApiError('ResourceNotFoundException', 'The specified log stream does not exist.')
  return stream
}

/** The limit of a request, `maximum` when omitted. Throws `InvalidParameterException`. */
export function readLimit(limit: number | undefined, maximum: number): number {
  if (limit === undefined) return maximum
  if (Number.isInteger(limit) && limit >= 1 && limit <= maximum) return limit
  throw invalidParameter(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${maximum}`,
  )
}

/** `startTime` is part of the range, `endTime` is not; both in epoch milliseconds. */
export const inRange = (
  atMs: number,
  { startTime, endTime }: { readonly startTime?: number | undefined; readonly endTime?: number | undefined },
): boolean => (startTime === undefined || atMs >= startTime) && (endTime === undefined || atMs < endTime)

const tokenStart = 'sb1:'

/** An opaque token for a place in a list. */
export const toToken = (place: string): string => Buffer.from(tokenStart + place).toString('base64url')

/** Throws `InvalidParameterException`. */
export function fromToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  if (!text.startsWith(tokenStart)) throw invalidParameter('The specified nextToken is invalid.')
  return text.slice(tokenStart.length)
}
