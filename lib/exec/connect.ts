import 'server-only'
import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { TargetSettings } from '@/lib/target/settings'
import { ExecError } from './exec-error'
import { type Session, type SessionEvents, startSession } from './session'
import { refusalOfStreamUrl } from './stream-url'

/** What ExecuteCommand grants. */
export type GrantedSession = { readonly streamUrl: string; readonly token: string }

/** Agents send 1 KiB at a time. */
const maxFrameBytes = 1024 * 1024
const openTimeoutMs = 10_000
/** As session-manager-plugin: nothing in between takes the connection for dead. */
const pingIntervalMs = 5 * 60_000

/**
 * Opens a session's data channel at the very address that was granted. Throws `ExecError` when that address is not the target's.
 * Everything else, a connection that fails included, comes as `closed`.
 */
export function connectSession(
  target: Pick<TargetSettings, 'kind' | 'endpointUrl'>,
  granted: GrantedSession,
  size: { readonly cols: number; readonly rows: number },
  events: SessionEvents,
): Session {
  const refusal = refusalOfStreamUrl(target, granted.streamUrl)
  if (refusal) throw new ExecError('wrong-host', refusal)
  const socket = new WebSocket(granted.streamUrl, {
    maxPayload: maxFrameBytes,
    handshakeTimeout: openTimeoutMs,
    perMessageDeflate: false,
    followRedirects: false,
  })
  let session: Session | null = null
  let gone: string | null = null
  const ping = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.ping('keepalive')
  }, pingIntervalMs)
  ping.unref()
  const end = (reason: string): void => {
    clearInterval(ping)
    gone ??= reason
    if (session) session.disconnected(gone)
    else if (!told) {
      told = true
      events.closed({ clean: false, reason: gone })
    }
  }
  let told = false
  socket.on('error', (error) => end(`The session’s connection failed: ${error.message}`))
  socket.on('close', (code, reason) =>
    end(`The connection was closed (${code}${reason.length > 0 ? `, ${reason.toString()}` : ''}).`),
  )
  socket.on('message', (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
    session?.receive(bytes, isBinary)
  })

  /** Asked for before the connection stood. */
  const early: ((open: Session) => void)[] = []
  const act = (what: (open: Session) => void): void => {
    if (session) what(session)
    else early.push(what)
  }
  socket.once('open', () => {
    session = startSession(
      granted.token,
      size,
      {
        sendText: (text) => socket.send(text),
        send: (frame) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(frame)
        },
        close: () => socket.close(1000),
      },
      {
        now: () => Date.now(),
        after: (delayMs, callback) => {
          const timer = setTimeout(callback, delayMs)
          return () => clearTimeout(timer)
        },
        makeUuid: () => randomUUID(),
      },
      events,
    )
    for (const what of early) what(session)
  })

  return {
    receive: (data, isBinary) => act((open) => open.receive(data, isBinary)),
    disconnected: end,
    write: (bytes) => act((open) => open.write(bytes)),
    resize: (to) => act((open) => open.resize(to)),
    end() {
      if (session) session.end()
      else {
        socket.terminate()
        end('')
      }
    },
  }
}
