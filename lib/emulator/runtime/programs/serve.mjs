import { createServer } from 'node:http'
import { ownHostname } from './identity.mjs'

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {{ status?: number, type?: string, body: string }} Page
 * @typedef {(request: Request, url: URL) => Page | Promise<Page>} Handler
 */

/** @param {unknown} value @param {number} [status] @returns {Page} */
export const json = (value, status = 200) => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value, null, 2)}\n`,
})

/** @param {string} body @returns {Page} */
export const text = (body) => ({ type: 'text/plain; charset=utf-8', body })

/** Marks a call so that its way can be told from the logs of the tasks that it passed. */
export const callHeader = 'x-switchboard-call'

/** @param {Request} request */
export function callIdOf(request) {
  const id = request.headers[callHeader]
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : undefined
}

const remedies = new Map([
  [
    'EADDRINUSE',
    'another program of this machine listens on this port at every address; stop it or use another port',
  ],
  ['EACCES', 'ports below 1024 need rights; try: sudo sysctl net.ipv4.ip_unprivileged_port_start=0'],
])

/** Why a port cannot be had, and what to do. @param {Error} error */
export const whyNoPort = (error) => {
  const remedy = 'code' in error ? remedies.get(String(error.code)) : undefined
  return remedy ? `${error.message}: ${remedy}` : error.message
}

/**
 * Serves a port until SIGTERM, with one line of log per request. Ends the process when the port cannot be had.
 * @param {string} name @param {number} port @param {Handler} handle
 */
export function serve(name, port, handle) {
  const server = createServer(async (request, response) => {
    const startedAtMs = performance.now()
    const path = request.url ?? '/'
    // Only the path and the query are looked at, so the host does not matter.
    const url = URL.canParse(path, 'http://task') ? new URL(path, 'http://task') : new URL('http://task/')
    request.resume()
    /** @type {Page} */
    let page
    try {
      page = await handle(request, url)
    } catch (error) {
      page = json({ error: String(error), hostname: ownHostname }, 500)
    }
    const { status = 200, type = 'application/json; charset=utf-8', body } = page
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
      'x-hostname': ownHostname,
    })
    response.end(body)
    const callId = callIdOf(request)
    const took = (performance.now() - startedAtMs).toFixed(1)
    const from = request.socket.remoteAddress ?? 'unknown'
    console.log(
      `${request.method} ${path} ${status} ${took} ms from ${from}${callId ? ` ${callHeader}=${callId}` : ''}`,
    )
  })
  server.on('error', (error) => {
    console.error(`${name} cannot listen on port ${port}: ${whyNoPort(error)}`)
    process.exit(1)
  })
  server.listen(port, () => console.log(`${name} on ${ownHostname} listens on port ${port}`))
  endOnTerm(name, (done) => {
    server.close(done)
    server.closeIdleConnections()
  })
}

/** Ends the process at SIGTERM, when `close` is done. @param {string} name @param {(done: () => void) => void} close */
export function endOnTerm(name, close) {
  process.once('SIGTERM', () => {
    console.log(`${name} on ${ownHostname} ends: SIGTERM`)
    close(() => process.exit(0))
    // What takes longer than this will not be waited for.
    setTimeout(() => process.exit(0), 1000).unref()
  })
}

/** @param {URL} url @returns {Page} */
export const notFound = (url) => json({ error: `Nothing at ${url.pathname}.`, hostname: ownHostname }, 404)
