import http from 'node:http'
import https from 'node:https'
import zlib from 'node:zlib'

/**
 * @typedef {{
 *   method: string, url: URL, path: string | undefined, headers: Record<string, string>, body: Buffer | undefined, verify: boolean, family: 0 | 4 | 6,
 *   connectTimeoutMs: number, deadlineMs: number, compressed: boolean,
 * }} Asked
 * @typedef {{ lookupMs: number, connectMs: number, secureMs: number, firstByteMs: number, totalMs: number }} Times
 * @typedef {{
 *   status: number, statusText: string, version: string, rawHeaders: string[], headers: http.IncomingHttpHeaders,
 *   remoteAddress: string, localAddress: string, localPort: number, times: Times, bytes: number, body: Buffer,
 * }} Answered
 * @typedef {{ code: string, message: string, times: Times, remoteAddress: string, status: number, partial: boolean, bytes: number }} Failed
 */

/** More is read from nobody. */
const maxBytes = 64 * 1024 * 1024

/**
 * One HTTP exchange on a connection of its own. `onHead` and `onData` are told as things come. Never rejects.
 * @param {Asked} asked
 * @param {{ onHead?: (response: http.IncomingMessage) => void, onData?: (bytes: Buffer) => void }} [tell]
 * @returns {Promise<{ answered: Answered } | { failed: Failed }>}
 */
export function exchange(asked, tell = {}) {
  const startedAt = performance.now()
  const since = () => performance.now() - startedAt
  /** @type {Times} */
  const times = { lookupMs: 0, connectMs: 0, secureMs: 0, firstByteMs: 0, totalMs: 0 }
  const seen = { remoteAddress: '', status: 0, bytes: 0 }
  return new Promise((resolve) => {
    const client = asked.url.protocol === 'https:' ? https : http
    const request = client.request(asked.url, {
      method: asked.method,
      ...(asked.path !== undefined && { path: asked.path }),
      headers: { ...asked.headers, connection: 'close' },
      agent: false,
      family: asked.family,
      rejectUnauthorized: asked.verify,
      maxHeaderSize: 102_400,
      // What many hand-written servers send is taken, as the real programs take it.
      insecureHTTPParser: true,
    })
    const fail = (/** @type {string} */ code, /** @type {string} */ message) => {
      times.totalMs = since()
      clearTimeout(deadline)
      clearTimeout(connecting)
      request.destroy()
      resolve({ failed: { code, message, times, ...seen, partial: seen.status !== 0 } })
    }
    const deadline =
      asked.deadlineMs > 0 ? setTimeout(() => fail('TIMEOUT', ''), asked.deadlineMs) : undefined
    const connecting =
      asked.connectTimeoutMs > 0
        ? setTimeout(() => fail('CONNECT_TIMEOUT', ''), asked.connectTimeoutMs)
        : undefined
    request.on('socket', (socket) => {
      socket.on('lookup', () => {
        times.lookupMs = since()
      })
      socket.on('connect', () => {
        times.connectMs = since()
        seen.remoteAddress = socket.remoteAddress ?? ''
        clearTimeout(connecting)
      })
      socket.on('secureConnect', () => {
        times.secureMs = since()
      })
    })
    request.on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      fail(error.code ?? 'FAILED', error.message),
    )
    request.on('response', (response) => {
      times.firstByteMs = since()
      seen.status = response.statusCode ?? 0
      const { localAddress = '', localPort = 0 } = response.socket
      tell.onHead?.(response)
      /** @type {Buffer[]} */
      const chunks = []
      const stream = asked.compressed ? decompressed(response) : response
      stream.on('data', (/** @type {Buffer} */ bytes) => {
        seen.bytes += bytes.length
        if (seen.bytes > maxBytes) return fail('TOO_LARGE', `more than ${maxBytes} bytes`)
        if (tell.onData) tell.onData(bytes)
        else chunks.push(bytes)
      })
      stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
        fail(error.code ?? 'FAILED', error.message),
      )
      response.on('aborted', () =>
        fail('ABORTED', 'the connection was closed before the answer was complete'),
      )
      stream.on('end', () => {
        if (!response.complete) return
        times.totalMs = since()
        clearTimeout(deadline)
        resolve({
          answered: {
            status: seen.status,
            statusText: response.statusMessage ?? '',
            version: response.httpVersion,
            rawHeaders: response.rawHeaders,
            headers: response.headers,
            remoteAddress: seen.remoteAddress,
            localAddress,
            localPort,
            times,
            bytes: seen.bytes,
            body: Buffer.concat(chunks),
          },
        })
      })
    })
    request.end(asked.body)
  })
}

/** @param {http.IncomingMessage} response */
function decompressed(response) {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase()
  if (encoding === 'gzip' || encoding === 'x-gzip') return response.pipe(zlib.createGunzip())
  if (encoding === 'deflate') return response.pipe(zlib.createInflate())
  return encoding === 'br' ? response.pipe(zlib.createBrotliDecompress()) : response
}

/** @param {readonly string[]} rawHeaders */
export const headerLines = (rawHeaders) => {
  const lines = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  return lines
}

/** A URL as these programs take it: `http://` may be left out. @param {string} text */
export const toUrl = (text) => {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  return URL.canParse(whole) ? new URL(whole) : undefined
}

/**
 * Path and query as they were typed: these programs send them unchanged, where a URL object would tidy them up. Undefined when they
 * hold what no request line can.
 * @param {string} text
 */
export const rawPath = (text) => {
  const typed = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/#.*$/s, '')
  const path = typed.slice(typed.search(/[/?]|$/))
  if (!/^[\x21-\x7e]*$/.test(path)) return undefined
  return path.startsWith('/') ? path : `/${path}`
}

/** No such name, in the words of getaddrinfo. @param {string} code */
export const isUnknownName = (code) => ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA'].includes(code)
