import type { Framing } from '../message'

/** Why a message is refused, in the words that the log has. */
export type HeadMistake = {
  readonly mistake: string
  /** What a request with it is answered. */
  readonly status: 400 | 408 | 426 | 431 | 501 | 505
}

/** What the fields of one head say, those that concern this connection alone taken out. */
export type FieldFacts = {
  readonly fields: string[]
  host: string | undefined
  contentLength: number | undefined
  chunked: boolean
  connection: string
  upgrade: string
  expect: string
  keepAlive: string
}

const special = {
  none: 0,
  host: 1,
  contentLength: 2,
  transferEncoding: 3,
  connection: 4,
  upgrade: 5,
  expect: 6,
  keepAlive: 7,
  dropped: 8,
  te: 9,
} as const
type Special = (typeof special)[keyof typeof special]

const specialNames = new Map<string, Special>([
  ['host', special.host],
  ['content-length', special.contentLength],
  ['transfer-encoding', special.transferEncoding],
  ['connection', special.connection],
  ['upgrade', special.upgrade],
  ['expect', special.expect],
  ['keep-alive', special.keepAlive],
  ['proxy-connection', special.dropped],
  ['http2-settings', special.dropped],
  ['te', special.te],
])

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

// Spellings that were checked before: nearly every request says the same few names. Bounded, since clients choose them.
const known = new Map<string, Special>()
const knownLimit = 512

function readName(name: string): Special | undefined {
  const found = known.get(name)
  if (found !== undefined) return found
  if (!token.test(name)) return undefined
  const kind = specialNames.get(name.toLowerCase()) ?? special.none
  if (known.size < knownLimit) known.set(name, kind)
  return kind
}

const isBlank = (code: number): boolean => code === 32 || code === 9

/** Control characters, a bare CR and a bare LF: two readers could see two different messages. RFC 9112, 2.2; RFC 9110, 5.5. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are looked for.
export const unclean = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n/

/** A host, with its port: what may stand there (RFC 3986, 3.2) and nothing that ends a line. */
export const authorityPattern = /^[0-9A-Za-z\-._~!$&'()*+,;=:[\]%]*$/

const wholeNumber = /^[0-9]{1,15}$/
const mistake = (text: string, status: HeadMistake['status'] = 400): HeadMistake => ({
  mistake: text,
  status,
})

/** Envoy's default, as Service Connect has it (max_headers_count). */
export const maxFields = 100

/**
 * Reads `name: value` lines from `from` to the end of `text`, which is clean (see `unclean`) and holds no empty line.
 * As strict as Node's own parser (llhttp): no folded lines, no blank before the colon, one Content-Length at most, and never
 * together with a Transfer-Encoding, which is `chunked` or nothing.
 */
export function readFields(text: string, from: number): FieldFacts | HeadMistake {
  const facts: FieldFacts = {
    fields: [],
    host: undefined,
    contentLength: undefined,
    chunked: false,
    connection: '',
    upgrade: '',
    expect: '',
    keepAlive: '',
  }
  let count = 0
  for (let at = from; at < text.length; ) {
    let end = text.indexOf('\r\n', at)
    if (end === -1) end = text.length
    const colon = text.indexOf(':', at)
    if (colon === -1 || colon >= end) return mistake('a header line without a colon')
    const name = text.slice(at, colon)
    const kind = readName(name)
    if (kind === undefined) return mistake('a header name with characters it may not have')
    if (++count > maxFields) return mistake('too many headers', 431)
    let first = colon + 1
    let last = end
    while (first < last && isBlank(text.charCodeAt(first))) first++
    while (last > first && isBlank(text.charCodeAt(last - 1))) last--
    const value = text.slice(first, last)
    at = end + 2
    switch (kind) {
      case special.none:
        facts.fields.push(name, value)
        break
      case special.host:
        if (facts.host !== undefined) return mistake('two Host headers')
        facts.host = value
        break
      case special.contentLength:
        if (facts.contentLength !== undefined) return mistake('two Content-Length headers')
        if (!wholeNumber.test(value)) return mistake('a Content-Length that is no number')
        facts.contentLength = Number(value)
        facts.fields.push(name, value)
        break
      case special.transferEncoding:
        if (facts.chunked || value.toLowerCase() !== 'chunked')
          return mistake('a Transfer-Encoding other than chunked', 501)
        facts.chunked = true
        break
      case special.connection:
        facts.connection = facts.connection ? `${facts.connection},${value}` : value
        break
      case special.upgrade:
        facts.upgrade = facts.upgrade ? `${facts.upgrade},${value}` : value
        break
      case special.expect:
        facts.expect = value
        break
      case special.keepAlive:
        facts.keepAlive = value
        break
      case special.te:
        // gRPC's clients ask for trailers; any other coding ends at this connection.
        if (value.toLowerCase() === 'trailers') facts.fields.push(name, value)
        break
      case special.dropped:
        break
    }
  }
  if (facts.chunked && facts.contentLength !== undefined)
    return mistake('both Content-Length and Transfer-Encoding')
  if (facts.connection) removeNominated(facts)
  return facts
}

/** What a Connection header names concerns one connection alone (RFC 9110, 7.6.1). */
function removeNominated(facts: FieldFacts): void {
  const nominated = listOf(facts.connection).filter(
    (name) => name !== 'close' && name !== 'keep-alive' && name !== 'upgrade' && name !== 'content-length',
  )
  if (nominated.length === 0) return
  const { fields } = facts
  for (let at = fields.length - 2; at >= 0; at -= 2) {
    if (nominated.includes((fields[at] ?? '').toLowerCase())) fields.splice(at, 2)
  }
}

/** The members of a comma-separated list, in lower case. */
export const listOf = (value: string): string[] =>
  value
    .toLowerCase()
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '')

const none: Framing = { kind: 'none' }
const chunked: Framing = { kind: 'chunked' }

/** The framing that the fields tell; undefined when they tell none. */
export const framingOf = (facts: FieldFacts): Framing | undefined => {
  if (facts.chunked) return chunked
  if (facts.contentLength === undefined) return undefined
  return facts.contentLength === 0 ? none : { kind: 'length', bytes: facts.contentLength }
}
