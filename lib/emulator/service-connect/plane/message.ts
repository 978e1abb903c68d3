/** Header fields in their order: name, value, name, value, … */
export type Fields = readonly string[]

/** How a message's body ends: there is none, after so many bytes, with its last chunk, or with the connection. */
export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'close' }
  | { readonly kind: 'length'; readonly bytes: number }

/** A request as every protocol says it. */
export type RequestHead = {
  readonly method: string
  /** Origin form: `/users?page=2`, or `*`. */
  readonly path: string
  readonly authority: string
  /** End to end only: without Host, without what concerns one connection. A Content-Length is kept, once. */
  readonly fields: Fields
  readonly framing: Framing
  readonly protocol: 'HTTP/1.1' | 'HTTP/2'
  /** The connection is to become a WebSocket. */
  readonly upgrade: boolean
  readonly expectsContinue: boolean
  readonly wantsClose: boolean
}

/** An answer as every protocol says it. */
export type ResponseHead = {
  readonly status: number
  readonly reason: string
  /** As in a request. */
  readonly fields: Fields
  readonly framing: Framing
  readonly wantsClose: boolean
  /** 101: from here on bytes are passed on as they come. */
  readonly upgrade: boolean
  /** `Keep-Alive: timeout=5`: how long the other side keeps an idle connection. */
  readonly keepAliveMs: number | undefined
}

/** The first value of a field, by its name in lower case. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  for (let at = 0; at < fields.length; at += 2) {
    const candidate = fields[at] ?? ''
    if (candidate.length === name.length && candidate.toLowerCase() === name) return fields[at + 1]
  }
  return undefined
}

/** gRPC hears of a failure in trailers, not by a status. */
export const isGrpc = (head: RequestHead): boolean =>
  head.protocol === 'HTTP/2' &&
  (fieldOf(head.fields, 'content-type')?.startsWith('application/grpc') ?? false)
