// The console's server: Next behind a small check. Started by `npm start` as a child of its own; ends with it.
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import next from 'next'
import { ownHostsFrom } from '../access/own-host.mjs'
import { checkFront } from './front-check.mjs'
import { root } from './repository.mjs'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '3000' }, 'exit-with-parent': { type: 'boolean' } },
})
const wantedPort = Number(values.port)
if (!Number.isInteger(wantedPort) || wantedPort < 0 || wantedPort > 65_535) {
  console.error(`--port ${values.port} is no port; give a number from 0 to 65535.`)
  process.exit(2)
}

/** Read by lib/access/peer-address.ts. */
const PEER_HEADER = 'x-switchboard-peer'
process.env.SWITCHBOARD_FRONT = '1'

/** Open connections get this long to end by themselves. */
const GRACE_MS = 500

/** @type {ReturnType<typeof ownHostsFrom> | null} */
let own = null
/** @type {((request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>) | null} */
let handle = null

const server = createServer(async (request, response) => {
  if (!own || !handle) {
    // `Refresh` is for whoever opened the page too early: the browser tries again by itself.
    response.writeHead(503, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Retry-After': '1',
      Refresh: '1',
    })
    response.end('The console is starting.\n')
    return
  }
  const refusal = checkFront(request, own)
  if (refusal) {
    response.writeHead(refusal.status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      Connection: 'close',
    })
    response.end(`${refusal.message}\n`)
    return
  }
  // Whoever sends this header is not believed: only this server knows who is connected.
  request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
  try {
    await handle(request, response)
  } catch (error) {
    console.error(error)
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end()
  }
})

// Nothing of ours speaks WebSocket, and upgrades have let requests through elsewhere (CVE-2026-44578).
server.on('upgrade', (_request, socket) => {
  // node:http has let go of the socket by now: without this a reset would be an uncaught error.
  socket.on('error', () => socket.destroy())
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
})
server.on('clientError', (_error, socket) => {
  if (socket.writable)
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
})
server.on('error', (error) => {
  const code = 'code' in error ? error.code : undefined
  if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
  console.error(
    `Port ${wantedPort} ${code === 'EACCES' ? 'may not be used' : 'is taken'}. Choose another with --port.`,
  )
  process.exit(2)
})

// Whoever reads what we say may be gone before us, which must not keep us from ending.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

let ending = false
/** @param {number} code */
function end(code) {
  if (ending) return
  ending = true
  server.close(() => process.exit(code))
  server.closeIdleConnections()
  // Streams to browsers never end by themselves.
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref()
  setTimeout(() => process.exit(code), 4 * GRACE_MS).unref()
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => end(0))
if (values['exit-with-parent']) {
  // Whoever started us holds the other end: it closes when they are gone, however they went.
  process.stdin.on('end', () => end(0)).on('error', () => end(0))
  process.stdin.resume()
}

server.listen(wantedPort, '127.0.0.1', async () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : wantedPort
  process.env.SWITCHBOARD_PORT = String(port)
  own = ownHostsFrom(process.env)
  // Next listens for upgrades on the server it is given, past the check above; on this one none ever come.
  const httpServer = createServer()
  const app = next({ dev: false, dir: root, hostname: 'localhost', port, httpServer })
  await app.prepare()
  handle = app.getRequestHandler()
  console.log(`console ready http://localhost:${port}`)
})
