import type { AccessLog } from '../proxy-spec'

/** One request that was answered, or given up. */
export type AccessEntry = {
  readonly startedAtMs: number
  readonly method: string
  readonly path: string
  readonly protocol: string
  /** 0: no answer was given. */
  readonly status: number
  /** Envoy's response flags, as `UH`; empty: none. */
  readonly flags: string
  readonly bytesReceived: number
  readonly bytesSent: number
  readonly durationMs: number
  readonly serviceMs: number | undefined
  readonly forwardedFor: string | undefined
  readonly userAgent: string | undefined
  readonly requestId: string | undefined
  readonly authority: string | undefined
  readonly upstreamHost: string | undefined
}

const withoutQuery = (path: string): string => {
  const mark = path.indexOf('?')
  return mark === -1 ? path : path.slice(0, mark)
}

// A client chooses these: quotes and control characters would let it write lines of its own.
const quotable = (text: string | undefined): string =>
  text === undefined || text === ''
    ? '-'
    : // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are made visible.
      text.replace(/["\\\x00-\x1f\x7f-\x9f]/g, (char) => {
        if (char === '"' || char === '\\') return `\\${char}`
        return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
      })

/**
 * One line in Envoy's default format (TEXT), or its operators as an object (JSON); query parameters are left out unless asked
 * for (ECS developer guide, "Service Connect access logs").
 */
export function formatAccess(entry: AccessEntry, wish: AccessLog): string {
  const path = wish.includeQueryParameters ? entry.path : withoutQuery(entry.path)
  const startTime = new Date(entry.startedAtMs).toISOString()
  const durationMs = Math.round(entry.durationMs)
  const serviceMs = entry.serviceMs === undefined ? undefined : Math.round(entry.serviceMs)
  if (wish.format === 'JSON')
    return JSON.stringify({
      start_time: startTime,
      method: entry.method,
      path,
      protocol: entry.protocol,
      response_code: entry.status,
      response_flags: entry.flags || '-',
      bytes_received: entry.bytesReceived,
      bytes_sent: entry.bytesSent,
      duration: durationMs,
      upstream_service_time: serviceMs === undefined ? null : String(serviceMs),
      x_forwarded_for: entry.forwardedFor ?? null,
      user_agent: entry.userAgent ?? null,
      request_id: entry.requestId ?? null,
      authority: entry.authority ?? null,
      upstream_host: entry.upstreamHost ?? null,
      // JSON leaves these as they are; a terminal does not.
    }).replace(/[\x7f-\x9f]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)
  return (
    `[${startTime}] "${quotable(entry.method)} ${quotable(path)} ${entry.protocol}" ${entry.status} ${entry.flags || '-'} ` +
    `${entry.bytesReceived} ${entry.bytesSent} ${durationMs} ${serviceMs ?? '-'} "${quotable(entry.forwardedFor)}" ` +
    `"${quotable(entry.userAgent)}" "${quotable(entry.requestId)}" "${quotable(entry.authority)}" "${quotable(entry.upstreamHost)}"`
  )
}
