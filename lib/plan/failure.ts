import { holeFromError } from '@/lib/target/hole'
import type { TargetSettings } from '@/lib/target/settings'
import { adviceFor, explain } from './advice'
import { AnswerLost } from './commands/no-resend'
import { errorMember, requestIdOf } from './commands/runner'
import type { Refused } from './plan'

type Where = Pick<TargetSettings, 'kind' | 'endpointUrl' | 'profile'>

/** What a failed call comes down to. */
export type Failure = {
  readonly error: Refused
  readonly requestId: string | null
  /** false: AWS certainly did nothing. */
  readonly maybeDone: boolean
  /** A passing fault: a reading may be tried again. */
  readonly isPassing: boolean
}

/** Errors of a connection that was never there: nothing was sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function metadataNumber(error: unknown, member: string): number | null {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return null
  const { $metadata } = error
  if (typeof $metadata !== 'object' || $metadata === null) return null
  const value: unknown = Reflect.get($metadata, member)
  return typeof value === 'number' ? value : null
}

/**
 * An error of the SDK as what a person reads: AWS's code and words, what it usually means, the next step. After several sendings the
 * first may have been done although the last was refused, and an answer of 5xx does not say that nothing was done.
 */
export function failureOf(thrown: unknown, operation: string, where: Where, nowMs: number): Failure {
  const error = thrown instanceof AnswerLost ? thrown.what : thrown
  const hole = holeFromError(error, { operation, subject: null }, where, nowMs)
  const requestId = requestIdOf(error)
  const status = metadataNumber(error, 'httpStatusCode')
  const attempts = metadataNumber(error, 'attempts') ?? 1
  const isPassing =
    hole.kind === 'throttled' || hole.kind === 'unreachable' || (status !== null && status >= 500)
  const told = (message: string, remedy: string): Refused => ({ code: hole.errorName, message, remedy })
  if (hole.kind === 'unreachable') {
    const maybeDone = !notSent.has(hole.errorName)
    return {
      error: told(hole.message, maybeDone ? 'AWS is looked at to find out.' : hole.remedy),
      requestId,
      maybeDone,
      isPassing,
    }
  }
  const name = errorMember(error, 'name') ?? hole.errorName
  const advice =
    hole.kind === 'failed' && hole.errorName !== 'NotAwsJson' ? adviceFor(name, hole.message) : null
  const remedy =
    hole.kind === 'throttled'
      ? 'Nothing was changed by this step. Wait a moment, then retry.'
      : hole.kind === 'denied'
        ? `${hole.remedy} Then retry.`
        : (advice?.remedy ?? hole.remedy)
  return {
    error: told(advice ? explain(hole.message, advice.means) : hole.message, remedy),
    requestId,
    maybeDone: (status !== null && status >= 500) || attempts > 1 || hole.errorName === 'NotAwsJson',
    isPassing,
  }
}
