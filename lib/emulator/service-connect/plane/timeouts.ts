import type { ProxyTimeouts } from '../proxy-spec'

/** Both limits as one request knows them; Infinity: none. */
export type Limits = { readonly idleMs: number; readonly requestMs: number }

const orNone = (ms: number): number => (ms > 0 ? ms : Number.POSITIVE_INFINITY)

/** The shorter one wins: an idle timeout below the request's own ends it first (ECS API reference, ServiceConnect TimeoutConfiguration). */
export function limitsOf(timeouts: ProxyTimeouts): Limits {
  const idleMs = orNone(timeouts.idleTimeoutMs)
  return { idleMs, requestMs: Math.min(orNone(timeouts.perRequestTimeoutMs), idleMs) }
}
