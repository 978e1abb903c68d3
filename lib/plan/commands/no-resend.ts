import type { FinalizeRequestMiddleware, MiddlewareStack } from '@smithy/types'
import { WrongTargetError } from '@/lib/target/guard'

/**
 * A request got no answer, and a second sending could do the work twice. The SDK's retries do not take it for a passing fault: they look at
 * `code` and `cause`, so what happened is kept under another name.
 */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
  readonly what: unknown

  constructor(what: unknown) {
    super('No answer came.')
    this.what = what
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
