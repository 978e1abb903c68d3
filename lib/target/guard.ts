import 'server-only'
import type { DeserializeMiddleware, MiddlewareStack } from '@smithy/types'
import { refusalOf } from './allowed-host'
import type { TargetSettings } from './settings'

/** A request that was not sent, because the target does not name its host. */
export class WrongTargetError extends Error {
  override readonly name = 'WrongTarget'
}

type Outgoing = { protocol: string; hostname: string; port?: number }

function isOutgoing(request: unknown): request is Outgoing {
  return (
    typeof request === 'object' &&
    request !== null &&
    'hostname' in request &&
    typeof request.hostname === 'string' &&
    'protocol' in request &&
    typeof request.protocol === 'string'
  )
}

/**
 * Puts the guard on a client as the last thing before the socket: whatever resolved the endpoint (options, `AWS_*`, a profile, a host
 * prefix), a request to a host that the target does not name is never sent.
 */
export function guard<Input extends object, Output extends object>(
  client: { readonly middlewareStack: MiddlewareStack<Input, Output> },
  target: Pick<TargetSettings, 'kind' | 'endpointUrl'>,
): void {
  const middleware: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    const { request } = args
    const refusal = isOutgoing(request)
      ? refusalOf(target, {
          protocol: request.protocol,
          hostname: request.hostname,
          port: request.port ?? null,
        })
      : 'The request has no readable address.'
    if (refusal) throw new WrongTargetError(refusal)
    return next(args)
  }
  client.middlewareStack.add(middleware, { step: 'deserialize', priority: 'low', name: 'targetGuard' })
}
