import type { AccessLog } from '../../proxy-spec'

/** One connection of plain TCP that has ended. */
export type ConnectionEntry = {
  /** Epoch milliseconds. */
  readonly startedAtMs: number
  /** Who called. */
  readonly remoteAddress: string
  readonly remotePort: number
  /** From the caller, and to it. */
  readonly bytesReceived: number
  readonly bytesSent: number
  readonly durationMs: number
  /** Counted from 1 by each proxy. */
  readonly connectionId: number
}

/**
 * One line at a connection's end (ECS developer guide, "Service Connect access logs", TCP). Why it ended is always unsaid: Envoy says
 * it only where a filter ended it that Service Connect does not have.
 */
export function formatConnection(entry: ConnectionEntry, format: AccessLog['format']): string {
  const startTime = new Date(entry.startedAtMs).toISOString()
  const remote = `${entry.remoteAddress}:${entry.remotePort}`
  const durationMs = Math.round(entry.durationMs)
  const { remotePort, bytesReceived, bytesSent, connectionId } = entry
  if (format === 'TEXT')
    return `[${startTime}] ${remote} ${remotePort} ${bytesReceived} ${bytesSent} ${durationMs} - ${connectionId}`
  return JSON.stringify({
    start_time: startTime,
    downstream_remote_address: remote,
    downstream_remote_port: remotePort,
    bytes_received: bytesReceived,
    bytes_sent: bytesSent,
    duration: durationMs,
    connection_termination_details: null,
    connection_id: connectionId,
  })
}
