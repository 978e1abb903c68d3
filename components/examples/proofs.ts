import { waysOf } from '@/lib/probe/preset'
import type { CallRequest } from '@/lib/probe/trip'
import type { ServiceNode } from '@/lib/topology/model'
import type { Sketch } from './sketch'

/** One line of the table: a declared edge and a call that proves it. */
export type Proof = {
  readonly key: string
  /** The edge as the example declares it. */
  readonly caller: string
  readonly callee: string
  /** Who is called, and so whose instance answers. */
  readonly called: string
  /** The call goes to the caller, who calls the callee itself. */
  readonly isThroughCaller: boolean
  readonly request: CallRequest
  /** The same from inside a task of the caller, as its program sees the callee; null: that shows nothing more. */
  readonly inside: CallRequest | null
}

type Ask = { readonly service: string; readonly port: number; readonly path: string }

/**
 * The calls that prove every declared edge: one straight to the callee where it speaks HTTP, and one to the caller, which answers only
 * after it has called the callee itself. Services that are not there give no call.
 */
export function proofsOf(
  { calls }: Pick<Sketch, 'calls'>,
  services: ReadonlyMap<string, ServiceNode>,
): readonly Proof[] {
  return calls.flatMap(({ from, to, ask, direct }) => {
    const proof = (call: Ask): readonly Proof[] => {
      const called = services.get(call.service)
      const via = called && waysOf(called)[0]
      if (!called || !via) return []
      const alias = called.connect?.endpoints[0]
      const caller = services.get(from)
      const isInside = caller?.connect != null && alias !== undefined && call.service === to
      return [
        {
          key: `${from}->${to} ${call.service} ${call.path}`,
          caller: from,
          callee: to,
          called: call.service,
          isThroughCaller: call.service === from,
          request: {
            serviceId: called.id,
            method: 'GET',
            path: call.path,
            count: 1,
            concurrency: 1,
            via,
            port: call.port,
          },
          inside: isInside
            ? {
                serviceId: called.id,
                method: 'GET',
                path: call.path,
                count: 1,
                concurrency: 1,
                via: 'alias',
                port: alias.port,
                from: caller.id,
              }
            : null,
        },
      ]
    }
    return [...(direct ? proof(direct) : []), ...proof(ask)]
  })
}

/**
 * A service that is to be called has no address yet, though tasks of it are wanted: ECS says that they run a moment before the map has
 * read where. A table made now would lack its line.
 */
export const isAwaited = (
  { calls }: Pick<Sketch, 'calls'>,
  services: ReadonlyMap<string, ServiceNode>,
): boolean =>
  calls
    .flatMap(({ ask, direct }) => (direct ? [ask, direct] : [ask]))
    .some(({ service }) => {
      const called = services.get(service)
      return called !== undefined && (called.ecs?.desired ?? 0) > 0 && waysOf(called).length === 0
    })
