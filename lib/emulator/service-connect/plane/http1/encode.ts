import type { Fields, RequestHead, ResponseHead } from '../message'

/** A request's head as it goes on the wire, Latin-1. */
export function encodeRequest(head: RequestHead, fields: Fields): string {
  let text = `${head.method} ${head.path} HTTP/1.1\r\nhost: ${head.authority}\r\n`
  for (let at = 0; at < fields.length; at += 2) text += `${fields[at]}: ${fields[at + 1]}\r\n`
  if (head.framing.kind === 'chunked') text += 'transfer-encoding: chunked\r\n'
  if (head.upgrade) text += 'connection: Upgrade\r\nupgrade: websocket\r\n'
  return `${text}\r\n`
}

/** An answer's head as it goes on the wire. A body that ended with its connection is chunked here, so that this one stays. */
export function encodeResponse(head: ResponseHead, closes: boolean): string {
  let text = `HTTP/1.1 ${head.status} ${head.reason}\r\n`
  for (let at = 0; at < head.fields.length; at += 2) text += `${head.fields[at]}: ${head.fields[at + 1]}\r\n`
  if (isChunked(head)) text += 'transfer-encoding: chunked\r\n'
  if (head.upgrade) text += 'connection: Upgrade\r\nupgrade: websocket\r\n'
  else if (closes) text += 'connection: close\r\n'
  return `${text}\r\n`
}

export const isChunked = (head: Pick<ResponseHead, 'framing'>): boolean =>
  head.framing.kind === 'chunked' || head.framing.kind === 'close'

/** The end of a chunked body. */
export function encodeEnd(trailers: Fields): string {
  if (trailers.length === 0) return '0\r\n\r\n'
  let text = '0\r\n'
  for (let at = 0; at < trailers.length; at += 2) text += `${trailers[at]}: ${trailers[at + 1]}\r\n`
  return `${text}\r\n`
}
