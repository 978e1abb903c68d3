import {
  constants,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import { maxHeadBytes } from '../http1/message-reader'
import { maxFields } from '../http1/read-fields'
import { headOfAnswer, refusal } from '../local-answer'
import type { Route } from '../route'
import { toHeaders } from './fields'
import { readHttp2Request } from './request-head'
import { Http2ServerStream } from './server-stream'

/** Sent and not yet taken, on one stream. */
export const windowBytes = 262_144
const maxStreams = 1_000

/** The sessions of one listener; it is handed connections that have begun with HTTP/2's preface. */
export function makeHttp2Server(route: Route): Http2Server {
  const server = createServer({
    settings: {
      maxHeaderListSize: maxHeadBytes,
      maxConcurrentStreams: maxStreams,
      initialWindowSize: windowBytes,
    },
    maxHeaderListPairs: maxFields + 4,
    maxSessionMemory: 32,
  })
  server.on('session', (session) => session.on('error', () => session.destroy()))
  server.on('sessionError', () => {})
  server.on('stream', (stream: ServerHttp2Stream, _headers: unknown, flags: number, raw: unknown) => {
    stream.on('error', () => {})
    const list = Array.isArray(raw) ? raw.map(String) : []
    const head = readHttp2Request(list, (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0)
    if ('mistake' in head) {
      const answer = refusal(head.status, head.mistake)
      route.counter.requests++
      route.counter.status(head.status)
      stream.respond({ ...toHeaders(headOfAnswer(answer, false).fields), ':status': head.status })
      stream.end(answer.body)
      return
    }
    new Http2ServerStream(stream, route, head)
  })
  return server
}

/** A caller's connection that speaks HTTP/2, as its listener holds it. */
export class Http2ServerConnection {
  readonly #socket: Socket
  #session: ServerHttp2Session | undefined
  #streams = 0

  /** `bytes` were read already. */
  constructor(
    socket: Socket,
    bytes: Buffer,
    server: Http2Server,
    route: Route,
    onClosed: (connection: Http2ServerConnection) => void,
  ) {
    this.#socket = socket
    socket.on('error', () => {})
    socket.once('close', () => onClosed(this))
    server.once('session', (session) => {
      this.#session = session
      session.on('stream', (stream) => {
        this.#streams++
        stream.once('close', () => this.#streams--)
      })
      const { idleMs } = route.limits
      if (idleMs !== Number.POSITIVE_INFINITY)
        session.setTimeout(idleMs, () => this.#streams === 0 && session.close())
    })
    // HTTP/2 knows no half-closed connection: who says no more is gone.
    socket.allowHalfOpen = false
    socket.pause()
    socket.unshift(bytes)
    // It makes the session at once, so that the listener above is told of this one.
    server.emit('connection', socket)
  }

  get isIdle(): boolean {
    return this.#streams === 0
  }

  /** Says GOAWAY; streams under way finish. */
  drain(): void {
    this.#session?.close()
  }

  kill(): void {
    this.#session?.destroy()
    this.#socket.destroy()
  }
}
