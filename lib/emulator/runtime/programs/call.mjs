import { callHeader } from './serve.mjs'

/**
 * @typedef {{ url: string, status: number, body: string, tookMs: number }} Answered
 * @typedef {{ url: string, error: string, tookMs: number }} Failed
 */

const timeoutMs = 5000
const maxBytes = 65_536

/** `APP2_URL` and the like often hold `host:port` only. @param {string} given */
export const toUrl = (given) => (/^https?:\/\//i.test(given) ? given : `http://${given}`)

/** Never shows a password that stands in a URL. @param {string} url */
const shown = (url) => url.replace(/\/\/[^/@]*@/, '//')

/** What went wrong, in a few words. @param {unknown} error @returns {string} */
export const reason = (error) => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  // fetch only says "fetch failed"; what happened is below.
  return error.cause instanceof Error ? reason(error.cause) : error.message || error.name
}

/** @param {Response} response */
async function readBody(response) {
  const chunks = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= maxBytes) break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8')
}

/**
 * Calls another service by its name, as an ordinary program would. The call's id goes along, so that every task it
 * passes can log it.
 * @param {string} given @param {string | undefined} callId @returns {Promise<Answered | Failed>}
 */
export async function call(given, callId) {
  const startedAtMs = performance.now()
  const took = () => Math.round((performance.now() - startedAtMs) * 10) / 10
  const url = toUrl(given)
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        connection: 'close',
        ...(callId ? { [callHeader]: callId } : {}),
      },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body = await readBody(response)
    return { url: shown(url), status: response.status, body, tookMs: took() }
  } catch (error) {
    return { url: shown(url), error: reason(error), tookMs: took() }
  }
}

/** A body as JSON when it is, else as text. @param {string} body @returns {unknown} */
export function parsed(body) {
  try {
    return JSON.parse(body)
  } catch {
    // Not JSON: shown as it came.
    return body
  }
}
