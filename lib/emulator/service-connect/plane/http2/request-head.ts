import type { HeadMistake } from '../http1/read-fields'
import { authorityPattern, unclean } from '../http1/read-fields'
import { type Framing, fieldOf, type RequestHead } from '../message'
import { fromRaw } from './fields'

const refuse = (mistake: string): HeadMistake => ({ status: 400, mistake })
const pathPattern = /^(?:\/[\x21\x22\x24-\x7e\x80-\xff]*|\*)$/
const methodPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/**
 * A request's head from what node:http2 read. It may be said in HTTP/1.1 to the application, where other characters end a
 * line: nothing that could is let through.
 */
export function readHttp2Request(raw: readonly string[], endsHere: boolean): RequestHead | HeadMistake {
  const { pseudo, host, fields } = fromRaw(raw)
  const { ':method': method = '', ':path': path = '', ':authority': authority = host ?? '' } = pseudo
  if (!methodPattern.test(method) || method === 'CONNECT') return refuse('a method that no endpoint takes')
  if (!pathPattern.test(path)) return refuse('a path that is none')
  if (authority === '' || !authorityPattern.test(authority)) return refuse('an authority that is no host')
  for (const text of fields)
    if (unclean.test(text) || text.includes('\n')) return refuse('a control character in the header')
  return {
    method,
    path,
    authority,
    fields,
    framing: framingOf(fields, endsHere),
    protocol: 'HTTP/2',
    upgrade: false,
    expectsContinue: fieldOf(fields, 'expect') !== undefined,
    wantsClose: false,
  }
}

/** How HTTP/1.1 would say where the body ends. nghttp2 has checked a Content-Length against what comes. */
export function framingOf(fields: readonly string[], endsHere: boolean): Framing {
  if (endsHere) return { kind: 'none' }
  const length = fieldOf(fields, 'content-length')
  return length !== undefined && /^[0-9]{1,15}$/.test(length)
    ? { kind: 'length', bytes: Number(length) }
    : { kind: 'chunked' }
}
