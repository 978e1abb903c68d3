import type { Framing, RequestHead } from '../message'
import { authorityPattern, framingOf, type HeadMistake, listOf, readFields, unclean } from './read-fields'

const none: Framing = { kind: 'none' }
const refuse = (status: HeadMistake['status'], mistake: string): HeadMistake => ({ status, mistake })

const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/([0-9])\.([0-9])$/
const absoluteForm = /^https?:\/\/([^/?#]+)(.*)$/i

/**
 * Reads a request's head, from its first line to before the empty line. `text` is Latin-1: one character per byte.
 * HTTP/1.0 is refused with 426 as Envoy does (Service Connect does not carry it: ECS developer guide, considerations).
 */
export function readRequestHead(text: string): RequestHead | HeadMistake {
  if (unclean.test(text)) return refuse(400, 'a control character or a bare line end in the header')
  const lineEnd = text.indexOf('\r\n')
  const line = requestLine.exec(lineEnd === -1 ? text : text.slice(0, lineEnd))
  if (!line) return refuse(400, 'no request line')
  const [, method = '', target = '', major, minor] = line
  if (major !== '1') return refuse(505, `HTTP/${major}.${minor}`)
  if (minor !== '1') return minor === '0' ? refuse(426, 'HTTP/1.0') : refuse(505, `HTTP/${major}.${minor}`)

  const facts = readFields(text, lineEnd === -1 ? text.length : lineEnd + 2)
  if ('mistake' in facts) return facts
  if (facts.host === undefined) return refuse(400, 'no Host header')
  if (!authorityPattern.test(facts.host)) return refuse(400, 'a Host that is no host')
  const place = readTarget(method, target, facts.host)
  if ('mistake' in place) return place
  if (facts.expect && facts.expect.toLowerCase() !== '100-continue') return refuse(400, 'an unknown Expect')

  const connection = facts.connection ? listOf(facts.connection) : noWords
  return {
    method,
    path: place.path,
    authority: place.authority,
    fields: facts.fields,
    framing: framingOf(facts) ?? none,
    protocol: 'HTTP/1.1',
    // Only to a WebSocket, and without a body: an upgrade to h2c would lead past every rule of this proxy.
    upgrade:
      connection.includes('upgrade') &&
      facts.upgrade.toLowerCase() === 'websocket' &&
      method === 'GET' &&
      !facts.chunked &&
      !facts.contentLength,
    expectsContinue: facts.expect !== '',
    wantsClose: connection.includes('close'),
  }
}

const noWords: readonly string[] = []

function readTarget(
  method: string,
  target: string,
  host: string,
): { readonly path: string; readonly authority: string } | HeadMistake {
  if (method === 'CONNECT') return refuse(400, 'CONNECT, which no endpoint takes')
  if (target.includes('#')) return refuse(400, 'a fragment in the path')
  if (target.startsWith('/')) return { path: target, authority: host }
  if (target === '*' && method === 'OPTIONS') return { path: target, authority: host }
  const absolute = absoluteForm.exec(target)
  if (!absolute) return refuse(400, 'a request target that is no path')
  const [, authority = '', path = ''] = absolute
  if (!authorityPattern.test(authority)) return refuse(400, 'a request target with no proper host')
  // RFC 9112, 3.2.2: the target wins over the Host header.
  return { path: path.startsWith('/') ? path : `/${path}`, authority }
}
