import type { AccessLog, ProxyProtocol } from '../../proxy-spec'

/** One request that was answered, or given up. */
export type AccessEntry = {
  /** Epoch milliseconds. */
  readonly startedAtMs: number
  readonly method: string
  readonly path: string
  readonly protocol: string
  /** 0: no answer was given. */
  readonly status: number
  /** `grpc-status` as it was said, a number; undefined: none was. */
  readonly grpcStatus: string | undefined
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

// Envoy's %GRPC_STATUS()%, by number.
const grpcNames = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
]

const grpcNameOf = (status: string | undefined): string | undefined => {
  if (status === undefined || !/^\d{1,9}$/.test(status)) return undefined
  return grpcNames[Number(status)] ?? String(Number(status))
}

/**
 * One line as a string (TEXT) or an object (JSON), with the operators that the port's protocol has; query parameters are left out
 * unless asked for (ECS developer guide, "Service Connect access logs"). There JSON has `duration_ms` for HTTP; what AWS really
 * writes is `duration`, as for the other protocols.
 */
export function formatAccess(
  entry: AccessEntry,
  wish: AccessLog,
  protocol: Exclude<ProxyProtocol, 'tcp'>,
): string {
  const path = wish.includeQueryParameters ? entry.path : withoutQuery(entry.path)
  const startTime = new Date(entry.startedAtMs).toISOString()
  const durationMs = Math.round(entry.durationMs)
  const serviceMs = entry.serviceMs === undefined ? undefined : Math.round(entry.serviceMs)
  const grpc = protocol === 'grpc' ? (grpcNameOf(entry.grpcStatus) ?? null) : undefined
  // Envoy's id of a stream is the request's.
  const streamId = protocol === 'http' ? undefined : (entry.requestId ?? null)
  if (wish.format === 'JSON')
    return JSON.stringify({
      start_time: startTime,
      method: entry.method,
      path,
      protocol: entry.protocol,
      response_code: entry.status,
      grpc_status: grpc,
      bytes_received: entry.bytesReceived,
      bytes_sent: entry.bytesSent,
      duration: durationMs,
      upstream_service_time: serviceMs === undefined ? null : String(serviceMs),
      forwarded_for: entry.forwardedFor ?? null,
      user_agent: entry.userAgent ?? null,
      request_id: entry.requestId ?? null,
      authority: entry.authority ?? null,
      upstream_host: entry.upstreamHost ?? null,
      stream_id: streamId,
      // JSON leaves these as they are; a terminal does not.
    }).replace(/[\x7f-\x9f]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)
  const quoted = [
    entry.forwardedFor,
    entry.userAgent,
    entry.requestId,
    entry.authority,
    entry.upstreamHost,
    ...(streamId === undefined ? [] : [streamId ?? undefined]),
  ]
  return (
    `[${startTime}] "${quotable(entry.method)} ${quotable(path)} ${entry.protocol}" ${entry.status} ` +
    `${grpc === undefined ? '' : `${grpc ?? '-'} `}${entry.bytesReceived} ${entry.bytesSent} ${durationMs} ${serviceMs ?? '-'} ` +
    quoted.map((text) => `"${quotable(text)}"`).join(' ')
  )
}
