import type { OwnedEndpoint, ServiceRecord } from '../state/ecs'

/** What becomes of a service's endpoints now, and when to look again. */
export type Retirement = {
  /** As they are from now on, when that is something else than before. */
  readonly marked?: readonly OwnedEndpoint[]
  /** Those whose time has come. */
  readonly removed: readonly string[]
  readonly dueAtMs?: number
}

/**
 * ECS removes what Service Connect made in Cloud Map some time after nothing uses it any more: no deployment, nor the one
 * that a rollback would return to. Pure.
 */
export function retireEndpoints(
  service: Readonly<Pick<ServiceRecord, 'status' | 'deployments' | 'lastCompleted' | 'connectEndpoints'>>,
  nowMs: number,
  endpointRemovalMs: number,
): Retirement {
  const { connectEndpoints = [] } = service
  if (connectEndpoints.length === 0) return { removed: [] }
  const used = usedEndpoints(service)
  const marked = connectEndpoints.map(({ id, unusedSinceMs = nowMs }) =>
    used.has(id) ? { id } : { id, unusedSinceMs },
  )
  const changed = marked.some((one, index) => one.unusedSinceMs !== connectEndpoints[index]?.unusedSinceMs)
  const times = marked.flatMap(({ id, unusedSinceMs }) =>
    unusedSinceMs === undefined ? [] : [{ id, atMs: unusedSinceMs + endpointRemovalMs }],
  )
  const later = times.flatMap(({ atMs }) => (atMs > nowMs ? [atMs] : []))
  return {
    ...(changed && { marked }),
    removed: times.flatMap(({ id, atMs }) => (atMs <= nowMs ? [id] : [])),
    ...(later.length > 0 && { dueAtMs: Math.min(...later) }),
  }
}

function usedEndpoints({
  status,
  deployments,
  lastCompleted,
}: Readonly<Pick<ServiceRecord, 'status' | 'deployments' | 'lastCompleted'>>): ReadonlySet<string> {
  if (status === 'INACTIVE') return new Set()
  return new Set(
    (lastCompleted ? [...deployments, lastCompleted] : deployments).flatMap(({ connect }) =>
      connect
        ? [
            ...connect.served.map(({ endpointId }) => endpointId),
            ...(connect.clientEndpointId ? [connect.clientEndpointId] : []),
          ]
        : [],
    ),
  )
}
