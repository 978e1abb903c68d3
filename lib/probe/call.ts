import { Client } from 'undici'
import { toUrlHost } from './address'
import { encodingsOf, readBody } from './call-body'
import { connected, type OpenSocket } from './call-connect'
import { CallError, toCallError } from './call-error'
import type { CallLimits } from './call-limits'
import type { ErrorKind, Method } from './trip'

/** One HTTP call to one address that the guard has already let pass. */
export type CallPlan = {
  /** Canonical address literal. */
  readonly address: string
  readonly port: number
  /** The name that is called, with its port: the `Host` header. */
  readonly host: string
  readonly method: Method
  readonly path: string
  /** Value of `x-switchboard-call`. */
  readonly callId: string
}

/** What came of it. Nothing is thrown for what the other side did: it is told in `errorKind`. */
export type CallOutcome = {
  /** Until the connection stood; null when it never did. */
  readonly connectMs: number | null
  /** From the connection to the complete headers; null when none came. */
  readonly firstByteMs: number | null
  readonly totalMs: number
  readonly status: number | null
  /** Names in lowercase; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** As far as it was read, decompressed. */
  readonly body: Buffer
  readonly encoding: string | null
  readonly errorKind: ErrorKind | null
  readonly errorMessage: string | null
}

/** Told while a call is on its way, so that a slow one is not silent. */
export type CallProgress = {
  readonly onConnected: (connectMs: number) => void
  /** Status and headers are complete; the body is still to come. */
  readonly onHeaders: (firstByteMs: number, status: number) => void
}

export type CallTools = {
  readonly limits: CallLimits
  readonly open: OpenSocket
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
}

const flatten = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

const kindOfStatus = (status: number): ErrorKind | null => {
  if (status >= 500) return 'http-5xx'
  return status >= 400 ? 'http-4xx' : null
}

/** Aborts when the caller does, or when `deadlineMs` is over; `end` must be called. */
const startDeadline = (deadlineMs: number, outer: AbortSignal) => {
  const controller = new AbortController()
  const onAbort = () => controller.abort(outer.reason)
  if (outer.aborted) onAbort()
  else outer.addEventListener('abort', onAbort, { once: true })
  const cut = (kind: ErrorKind, message: string, delayMs: number) =>
    setTimeout(() => controller.abort(new CallError(kind, message)), delayMs)
  const deadline = cut('deadline', `Not finished within ${deadlineMs} ms.`, deadlineMs)
  return {
    signal: controller.signal,
    cut,
    end: () => {
      clearTimeout(deadline)
      outer.removeEventListener('abort', onAbort)
    },
  }
}

/**
 * Makes one call on a connection of its own, follows no redirect, and reads at most `limits.maxBodyBytes`.
 * Ends within `limits.deadlineMs` and leaves no socket behind, however the other side behaves.
 *
 * @throws the reason of `signal` when the caller stops it
 */
export const call = async (
  plan: CallPlan,
  tools: CallTools,
  signal: AbortSignal,
  progress?: CallProgress,
): Promise<CallOutcome> => {
  const { limits, now } = tools
  const startedAt = now()
  const outcome = {
    connectMs: null as number | null,
    firstByteMs: null as number | null,
    status: null as number | null,
    headers: {} as Record<string, string>,
    body: Buffer.alloc(0) as Buffer,
    encoding: null as string | null,
  }
  const finish = (error: CallError | null): CallOutcome => ({
    ...outcome,
    totalMs: now() - startedAt,
    errorKind: error?.kind ?? (outcome.status === null ? null : kindOfStatus(outcome.status)),
    errorMessage: error?.message ?? null,
  })

  const deadline = startDeadline(limits.deadlineMs, signal)
  let client: Client | null = null
  try {
    const opening = tools.open(plan.address, plan.port)
    const socket = await connected(opening, limits.connectTimeoutMs, deadline.signal)
    outcome.connectMs = now() - startedAt
    progress?.onConnected(outcome.connectMs)
    let handedOver = false
    client = new Client(`http://${toUrlHost(plan.address)}:${plan.port}`, {
      // The socket that was checked is the only one there is: undici cannot connect a second time.
      connect: (_options, callback) => {
        const usable = !handedOver
        handedOver = true
        // Never within the call itself: undici would wait for ever.
        queueMicrotask(() =>
          usable && !socket.destroyed
            ? callback(null, socket)
            : callback(new CallError('reset', 'The connection was closed.'), null),
        )
      },
      maxHeaderSize: limits.maxHeaderBytes,
      // Its own timers tick by the second; ours are exact.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const silence = deadline.cut(
      'first-byte-timeout',
      `Connected, but no complete headers within ${limits.firstByteTimeoutMs} ms.`,
      limits.firstByteTimeoutMs,
    )
    const response = await client
      .request({
        method: plan.method,
        path: plan.path,
        signal: deadline.signal,
        headers: {
          host: plan.host,
          accept: 'application/json, text/plain;q=0.9, */*;q=0.5',
          'accept-encoding': 'gzip, deflate, br',
          'user-agent': 'switchboard',
          'x-switchboard-call': plan.callId,
          connection: 'close',
        },
      })
      .finally(() => clearTimeout(silence))
    outcome.firstByteMs = now() - startedAt - outcome.connectMs
    outcome.status = response.statusCode
    outcome.headers = flatten(response.headers)
    progress?.onHeaders(outcome.firstByteMs, outcome.status)
    const encoding = outcome.headers['content-encoding'] ?? null
    outcome.encoding = encodingsOf(encoding)[0] ?? null
    // An answer to HEAD has the headers of a body without the body: there is nothing to decompress.
    const layers = plan.method === 'HEAD' ? null : encoding
    const read = await readBody(response.body, layers, limits.maxBodyBytes, deadline.signal)
    outcome.body = read.bytes
    signal.throwIfAborted()
    return finish(read.error)
  } catch (error) {
    signal.throwIfAborted()
    return finish(toCallError(deadline.signal.aborted ? deadline.signal.reason : error))
  } finally {
    deadline.end()
    await client?.destroy()
  }
}
