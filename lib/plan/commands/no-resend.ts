import type { FinalizeRequestMiddleware, MiddlewareStack } from '@smithy/types'
import { WrongTargetError } from '@/lib/target/guard'
import { errorName } from './runner'

/** A request got no answer, and a second sending could do the work twice. The SDK's retries do not take it for a passing fault. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
  /** What happened to the connection: `ECONNRESET`. */
  readonly code: string

  constructor(cause: unknown) {
    const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : null
    const told = typeof code === 'string' && code !== '' ? code : errorName(cause)
    super(`No answer came (${told}).`, { cause })
    this.code = told
  }
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return null
  const { $metadata } = error
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata)) return null
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : null
}

/**
 * Keeps the SDK from sending a command again after a lost answer, for the commands that AWS knows no token for and that make something
 * new each time. What AWS refused (throttling too) is still retried by the SDK.
 */
export function sendOnce<Input extends object, Output extends object>(command: {
  readonly middlewareStack: MiddlewareStack<Input, Output>
}): void {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => async (args) => {
    try {
      return await next(args)
    } catch (error) {
      const status = statusOf(error)
      if (error instanceof WrongTargetError || (status !== null && status < 500)) throw error
      throw new AnswerLost(error)
    }
  }
  // Inside the SDK's `retryMiddleware`, which has priority `high` in the same step.
  command.middlewareStack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'sendOnce' })
}
