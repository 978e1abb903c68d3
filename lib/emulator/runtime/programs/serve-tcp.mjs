import { createServer } from 'node:net'
import { ownHostname } from './identity.mjs'
import { endOnTerm, whyNoPort } from './serve.mjs'

/** Beyond this without an end of line nobody means it. */
const maxPending = 65_536

/**
 * Serves a TCP port until SIGTERM. `handle` gets what has come in and gives back what it took of it and what to say;
 * `end` closes the connection after that.
 * @param {string} name @param {number} port
 * @param {(pending: Buffer) => { taken: number, say: string | Buffer, end?: boolean }} handle
 */
export function serveTcp(name, port, handle) {
  /** @type {Set<import('node:net').Socket>} */
  const open = new Set()
  const server = createServer((socket) => {
    let pending = Buffer.alloc(0)
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    // Whoever asked may be gone before the answer; that is their affair.
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      const { taken, say, end } = handle(pending)
      pending = pending.subarray(taken)
      if (say.length > 0) socket.write(say)
      if (end || pending.length > maxPending) socket.end()
    })
    console.log(`connection from ${socket.remoteAddress ?? 'unknown'}`)
  })
  server.on('error', (error) => {
    console.error(`${name} cannot listen on port ${port}: ${whyNoPort(error)}`)
    process.exit(1)
  })
  server.listen(port, () => console.log(`${name} on ${ownHostname} listens on port ${port}`))
  endOnTerm(name, (done) => {
    server.close(done)
    for (const socket of open) socket.end()
  })
}
