/** An HTTP answer taken apart; text is Latin-1, one character per byte. */
export type HttpMessage = {
  readonly status: number
  /** Names in lowercase; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const maxHeaders = 200

/**
 * Takes an answer apart. Interim answers (100 Continue) before it are skipped, and bare line feeds pass, since a terminal may have
 * changed them. Null when it does not begin like HTTP.
 *
 * @param withChunks the body is as it was sent: chunks are put together where the head says so
 */
export function readMessage(raw: string, withChunks: boolean): HttpMessage | null {
  let rest = raw
  for (let heads = 0; heads < 10; heads++) {
    const first = /^HTTP\/[0-9.]{1,3} (\d{3})(?: [^\n]*)?\r?\n/.exec(rest)
    if (!first) return null
    const end = /\r?\n\r?\n/.exec(rest)
    const head = end
      ? rest.slice(first[0].length, Math.max(first[0].length, end.index))
      : rest.slice(first[0].length)
    const body = end ? rest.slice(end.index + end[0].length) : ''
    const status = Number(first[1])
    if (status >= 100 && status < 200 && /^HTTP\//.test(body)) {
      rest = body
      continue
    }
    const headers = headersOf(head)
    const isChunked = withChunks && /(?:^|,)\s*chunked\s*$/i.test(headers['transfer-encoding'] ?? '')
    return { status, headers, body: isChunked ? withoutChunks(body) : body }
  }
  return null
}

function headersOf(head: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null)
  for (const line of head.split(/\r?\n/).slice(0, maxHeaders)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}

/** Chunks up to the last one, or as far as they came. */
function withoutChunks(body: string): string {
  let text = ''
  for (let at = 0; at < body.length; ) {
    const line = /^([0-9a-f]{1,8})[^\n]*\n/i.exec(body.slice(at, at + 200))
    const size = Number.parseInt(line?.[1] ?? '0', 16)
    if (!line || size === 0) break
    at += line[0].length
    text += body.slice(at, at + size)
    at += size
    at += body.startsWith('\r\n', at) ? 2 : body[at] === '\n' ? 1 : 0
  }
  return text
}
