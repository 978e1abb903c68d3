import type { Socket } from 'node:net'

/** Below this, head and body go out as one string: one call of the kernel instead of two. */
const joinBytes = 4_096

/** What is written until this turn is over goes out in one piece: a head, its body and the end often come together. */
export function gatherWrites(socket: Socket): void {
  socket.cork()
  process.nextTick(() => socket.uncork())
}

/** Writes a head with what is there of the body. False: the socket wants a pause. */
export function writeHead(socket: Socket, head: string, body: Buffer | undefined, chunked: boolean): boolean {
  if (!body || body.length === 0) return socket.write(head, 'latin1')
  if (!chunked && body.length <= joinBytes)
    return socket.write(head + body.toString('latin1', 0, body.length), 'latin1')
  socket.cork()
  socket.write(head, 'latin1')
  const taken = writePiece(socket, body, chunked)
  socket.uncork()
  return taken
}

/** Writes a piece of a body, as a chunk if it is chunked. */
export function writePiece(socket: Socket, bytes: Buffer, chunked: boolean): boolean {
  if (!chunked) return socket.write(bytes)
  // An empty chunk would be the last one.
  if (bytes.length === 0) return !socket.writableNeedDrain
  if (bytes.length <= joinBytes)
    return socket.write(
      `${bytes.length.toString(16)}\r\n${bytes.toString('latin1', 0, bytes.length)}\r\n`,
      'latin1',
    )
  socket.cork()
  socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1')
  socket.write(bytes)
  const taken = socket.write('\r\n', 'latin1')
  socket.uncork()
  return taken
}
