import { constants, type Http2Stream, type OutgoingHttpHeaders } from 'node:http2'
import type { Fields } from '../message'

/** What HTTP/2 says in another way, or not at all (RFC 9113, 8.2.2). */
const connectionSpecific = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'host',
])

/** Fields as node:http2 takes them: names in lower case, what stands there twice as a list. */
export function toHeaders(fields: Fields): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = Object.create(null)
  for (let at = 0; at < fields.length; at += 2) {
    const name = (fields[at] ?? '').toLowerCase()
    const value = fields[at + 1] ?? ''
    if (connectionSpecific.has(name)) continue
    const before = headers[name]
    // A second Date or Content-Type is an error to node:http2, in whichever order they came; the first one counts.
    if (before === undefined) headers[name] = value
    else if (!single.has(name))
      headers[name] = Array.isArray(before) ? [...before, value] : [String(before), value]
  }
  return headers
}

const single = new Set([
  'age',
  'authorization',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'date',
  'etag',
  'expires',
  'from',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'range',
  'referer',
  'retry-after',
  'te',
  'tk',
  'upgrade-insecure-requests',
  'user-agent',
  'x-content-type-options',
])

/** Ends a stream with its trailers; what HTTP/2 cannot say there ends it with an error. */
export function sendTrailers(stream: Http2Stream, trailers: Fields): void {
  try {
    stream.sendTrailers(toHeaders(trailers))
  } catch {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  }
}

/** A raw header list of node:http2, cut into what is about the message and what is carried on. */
export type RawHeaders = {
  readonly pseudo: Readonly<Record<string, string>>
  readonly host: string | undefined
  readonly fields: readonly string[]
}

/** Cookies may come in crumbs; HTTP/1.1 has them in one piece (RFC 9113, 8.2.3). */
export function fromRaw(raw: readonly string[]): RawHeaders {
  const pseudo: Record<string, string> = {}
  const fields: string[] = []
  const cookies: string[] = []
  let host: string | undefined
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ''
    const value = raw[at + 1] ?? ''
    if (name.startsWith(':')) pseudo[name] = value
    else if (name === 'host') host ??= value
    else if (name === 'cookie') cookies.push(value)
    else if (!connectionSpecific.has(name) && (name !== 'te' || value === 'trailers'))
      fields.push(name, value)
  }
  if (cookies.length > 0) fields.push('cookie', cookies.join('; '))
  return { pseudo, host, fields }
}
