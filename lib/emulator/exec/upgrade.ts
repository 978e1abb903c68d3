import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Services } from '../context'
import { readObject } from './control-payloads'
import { type ChannelLimits, channelLimits, type DataChannel, openDataChannel } from './data-channel'

/** Takes connections that want to become a data channel. The caller has checked Host and Origin. */
export type DataChannels = {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every session. */
  stop(): void
}

/** Far above what a client sends (1,024 bytes of keys at a time). */
const maxFrameBytes = 64 * 1024
const tokenTimeoutMs = 10_000
/** Closed by policy (RFC 6455, 7.4.1): the token was not right. */
const policyViolation = 1008

const pathPattern = /^\/v1\/data-channel\/(ecs-execute-command-[a-z0-9]{26})\?role=publish_subscribe$/

/** The session id in the path of a stream URL; undefined for any other path. */
export const sessionOfPath = (path: string): string | undefined => pathPattern.exec(path)?.[1]

const toBuffer = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)

/** The token of the first frame (`OpenDataChannelInput`); undefined when the frame is something else. */
const readToken = (data: RawData, isBinary: boolean): string | undefined => {
  const about = isBinary ? undefined : readObject(toBuffer(data))
  return typeof about?.TokenValue === 'string' ? about.TokenValue : undefined
}

/** Serves `/v1/data-channel/<session id>` with WebSockets; one session per connection, and each session once. */
export function makeDataChannels(
  services: Pick<Services, 'clock' | 'ids' | 'runtime' | 'exec' | 'log'>,
  limits: ChannelLimits = channelLimits,
): DataChannels {
  const { clock, ids, runtime, exec, log } = services
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false })
  const open = new Set<DataChannel>()

  const begin = (socket: WebSocket, sessionId: string, token: string): DataChannel | undefined => {
    const session = exec.claim(sessionId, token)
    if (!session) {
      socket.close(policyViolation, 'The token is not valid for this session.')
      return undefined
    }
    const channel = openDataChannel({
      sessionId,
      clock,
      ids,
      limits,
      wire: {
        send: (frame) => {
          if (socket.readyState === socket.OPEN) socket.send(frame)
        },
        close: () => socket.close(1000),
      },
      start: (size, events) => runtime.execute(session, size, events),
      onEnded() {
        open.delete(channel)
        exec.forget(sessionId)
      },
    })
    open.add(channel)
    return channel
  }

  const serve = (socket: WebSocket, sessionId: string): void => {
    let channel: DataChannel | undefined
    const cancel = clock.after(tokenTimeoutMs, () => socket.close(policyViolation, 'No token came.'))
    socket.on('message', (data, isBinary) => {
      try {
        if (!channel) {
          cancel()
          const token = readToken(data, isBinary)
          if (token === undefined) socket.close(policyViolation, 'The first frame has to carry the token.')
          else channel = begin(socket, sessionId, token)
        } else if (isBinary) channel.receive(toBuffer(data))
        else channel.end('Malformed frame: text after the first frame.')
      } catch (error) {
        // A fault of ours must not take the local cloud along: this session ends, and it is told.
        log('error', `An exec session failed: ${error instanceof Error ? error.message : String(error)}`)
        channel?.end('The local cloud failed; its own output says why.')
        socket.terminate()
      }
    })
    // A frame that is too large or breaks the protocol; ws closes the connection itself.
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      cancel()
      channel?.disconnected()
    })
  }

  return {
    upgrade(request, socket, head) {
      const sessionId = sessionOfPath(request.url ?? '')
      if (sessionId === undefined || !exec.isWaiting(sessionId)) {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, sessionId))
    },
    stop() {
      for (const channel of [...open]) channel.end('The local cloud has ended.')
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}
