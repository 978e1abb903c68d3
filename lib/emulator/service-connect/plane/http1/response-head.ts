import type { Framing, ResponseHead } from '../message'
import { framingOf, type HeadMistake, listOf, readFields, unclean } from './read-fields'

const statusLine = /^HTTP\/1\.([01]) ([1-5][0-9]{2})(?: ([\t\x20-\x7e\x80-\xff]*))?$/
const refuse = (mistake: string): HeadMistake => ({ mistake, status: 400 })
const none: Framing = { kind: 'none' }
const close: Framing = { kind: 'close' }
const keepAliveTimeout = /(?:^|[,\s])timeout=([0-9]{1,6})/i

/**
 * Reads an application's answer, from its first line to before the empty line. `text` is Latin-1. HTTP/1.0 is taken: a
 * simple server answers so. `method` decides whether a body follows (RFC 9112, 6.3).
 */
export function readResponseHead(text: string, method: string): ResponseHead | HeadMistake {
  if (unclean.test(text)) return refuse('a control character or a bare line end in the header')
  const lineEnd = text.indexOf('\r\n')
  const line = statusLine.exec(lineEnd === -1 ? text : text.slice(0, lineEnd))
  if (!line) return refuse('no status line')
  const [, minor, statusText, reason = ''] = line
  const status = Number(statusText)
  const facts = readFields(text, lineEnd === -1 ? text.length : lineEnd + 2)
  if ('mistake' in facts) return facts
  if (facts.chunked && minor === '0') return refuse('Transfer-Encoding in HTTP/1.0')
  const connection = facts.connection ? listOf(facts.connection) : noWords
  const bodiless = method === 'HEAD' || status < 200 || status === 204 || status === 304
  const framing = bodiless ? none : (framingOf(facts) ?? close)
  const seconds = facts.keepAlive ? keepAliveTimeout.exec(facts.keepAlive)?.[1] : undefined
  return {
    status,
    reason,
    fields: facts.host === undefined ? facts.fields : [...facts.fields, 'host', facts.host],
    framing,
    wantsClose:
      framing.kind === 'close' ||
      connection.includes('close') ||
      (minor === '0' && !connection.includes('keep-alive')),
    upgrade: status === 101,
    keepAliveMs: seconds === undefined ? undefined : Number(seconds) * 1000,
  }
}

const noWords: readonly string[] = []
