import { type Frame, packFrame, payload, terminateSession, unpackFrame } from './frame'

/** The connection under a session. */
export type SessionWire = {
  sendText(text: string): void
  send(frame: Buffer): void
  close(): void
}

export type SessionWorld = {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back later; gives back how to cancel. */
  after(delayMs: number, callback: () => void): () => void
  makeUuid(): string
}

export type SessionEvents = {
  output(bytes: Buffer): void
  /** Once, as the last. `reason` is empty for an ordinary end; `clean`: the agent said that it is over. */
  closed(end: { readonly clean: boolean; readonly reason: string }): void
}

/** One session, as its user drives it. Everything may be called at any time; after the end nothing happens any more. */
export type Session = {
  /** What the connection brought. */
  receive(data: Buffer, isBinary: boolean): void
  disconnected(reason: string): void
  write(bytes: Buffer): void
  resize(size: { readonly cols: number; readonly rows: number }): void
  /** Tells the agent to end the session, and closes. */
  end(): void
}

// session-manager-plugin's numbers.
const chunkBytes = 1_024
const tickMs = 100
const firstTimeoutMs = 200
const maxTimeoutMs = 1_000
const maxResends = 3_000
const maxEarly = 10_000
const acknowledgeFlags = 3
const clientVersion = '1.2.0.0'
/** All of them are a shell that is written to and read from; ECS says which it uses nowhere. */
const knownSessions: readonly unknown[] = ['Standard_Stream', 'InteractiveCommands', 'NonInteractiveCommands']

type Sent = { readonly sequence: number; readonly bytes: Buffer; sentAtMs: number; resends: number }
type Action = {
  readonly ActionType?: unknown
  readonly ActionParameters?: { readonly SessionType?: unknown }
}

const readJson = (bytes: Buffer): Record<string, unknown> | null => {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : null
  } catch {
    // The caller says what it means that this is not JSON.
    return null
  }
}

const isAction = (value: unknown): value is Action => typeof value === 'object' && value !== null

/** What is answered to one thing that the agent asks of a client, and why it cannot be done. */
const processed = (action: Action): { readonly told: object; readonly problem: string | null } => {
  const type = String(action.ActionType)
  const done = type === 'SessionType' && knownSessions.includes(action.ActionParameters?.SessionType)
  const problem = done
    ? null
    : type === 'KMSEncryption'
      ? 'The cluster encrypts exec sessions with a KMS key, which this console does not do.'
      : `The agent asks for ${type.slice(0, 60)}, which this console does not know.`
  return {
    told: { ActionType: type, ActionStatus: done ? 1 : 3, ActionResult: null, Error: problem ?? '' },
    problem,
  }
}

/**
 * The client's side of the SSM data channel, as session-manager-plugin has it: token, handshake, acknowledgements, order, resending.
 * Knows no socket and no clock of its own.
 */
export function startSession(
  token: string,
  size: { readonly cols: number; readonly rows: number },
  wire: SessionWire,
  world: SessionWorld,
  events: SessionEvents,
): Session {
  const early = new Map<number, Frame>()
  const sent: Sent[] = []
  const waiting: (readonly [type: number, bytes: Buffer])[] = []
  let expected = 0
  let nextSequence = 0
  let ready = false
  let paused = false
  let over = false
  let timeoutMs = firstTimeoutMs
  let roundTripMs: number | null = null
  let variationMs = 0
  let cancelTick: (() => void) | null = null
  let currentSize = size

  const finish = (clean: boolean, reason: string): void => {
    if (over) return
    over = true
    cancelTick?.()
    wire.close()
    events.closed({ clean, reason })
  }

  const tick = () => {
    cancelTick = null
    const [oldest] = sent
    if (over || !oldest) return
    if (!paused && world.now() - oldest.sentAtMs >= timeoutMs) {
      if (oldest.resends >= maxResends) return finish(false, 'The agent acknowledges nothing any more.')
      oldest.resends += 1
      oldest.sentAtMs = world.now()
      wire.send(oldest.bytes)
    }
    cancelTick = world.after(tickMs, tick)
  }

  const put = (payloadType: number, bytes: Buffer): void => {
    const sequence = nextSequence
    nextSequence += 1
    const frame = packFrame(
      {
        type: 'input_stream_data',
        sequence,
        flags: sequence === 0 ? 1 : 0,
        id: world.makeUuid(),
        payloadType,
        payload: bytes,
      },
      world.now(),
    )
    sent.push({ sequence, bytes: frame, sentAtMs: world.now(), resends: 0 })
    wire.send(frame)
    cancelTick ??= world.after(tickMs, tick)
  }
  const send = (payloadType: number, bytes: Buffer): void => {
    if (over) return
    if (ready && !paused) put(payloadType, bytes)
    else waiting.push([payloadType, bytes])
  }
  const flush = (): void => {
    while (ready && !paused && waiting.length > 0) {
      const [next] = waiting.splice(0, 1)
      if (next) put(...next)
    }
  }
  const becomeReady = (): void => {
    if (ready) return
    ready = true
    put(payload.size, Buffer.from(JSON.stringify(currentSize)))
    flush()
  }

  const acknowledge = (frame: Frame): void => {
    const body = JSON.stringify({
      AcknowledgedMessageType: frame.type,
      AcknowledgedMessageId: frame.id,
      AcknowledgedMessageSequenceNumber: frame.sequence,
      IsSequentialMessage: true,
    })
    const about = { type: 'acknowledge', sequence: 0, flags: acknowledgeFlags, payloadType: 0 }
    wire.send(packFrame({ ...about, id: world.makeUuid(), payload: Buffer.from(body) }, world.now()))
  }

  const answerHandshake = (bytes: Buffer): void => {
    const asked = readJson(bytes)?.RequestedClientActions
    const answers = (Array.isArray(asked) ? asked : []).filter(isAction).map(processed)
    const problem = answers.find((one) => one.problem !== null)?.problem ?? null
    put(
      payload.handshakeResponse,
      Buffer.from(
        JSON.stringify({
          ClientVersion: clientVersion,
          ProcessedClientActions: answers.map(({ told }) => told),
          Errors: problem === null ? null : [problem],
        }),
      ),
    )
    if (problem !== null) finish(false, problem)
  }

  const handle = (frame: Frame) => {
    switch (frame.payloadType) {
      case payload.handshakeRequest:
        return answerHandshake(frame.payload)
      case payload.handshakeComplete:
        return becomeReady()
      case payload.encryptionChallenge:
        return finish(false, 'The agent wants an encrypted session, which this console does not do.')
      case payload.output:
      case payload.standardError:
      case payload.error:
        // An agent from before the handshake starts with its output.
        becomeReady()
        return events.output(frame.payload)
    }
  }

  const takeOutput = (frame: Frame) => {
    if (frame.sequence > expected && early.size >= maxEarly && !early.has(frame.sequence)) return
    acknowledge(frame)
    if (frame.sequence < expected) return
    early.set(frame.sequence, frame)
    for (let next = early.get(expected); next && !over; next = early.get(expected)) {
      early.delete(expected)
      expected += 1
      handle(next)
    }
  }

  const takeAcknowledgement = (bytes: Buffer): void => {
    const number = readJson(bytes)?.AcknowledgedMessageSequenceNumber
    const index = sent.findIndex(({ sequence }) => sequence === number)
    const [found] = index === -1 ? [] : sent.splice(index, 1)
    if (!found || found.resends > 0) return
    const tookMs = world.now() - found.sentAtMs
    variationMs =
      roundTripMs === null ? tookMs / 2 : variationMs + (Math.abs(tookMs - roundTripMs) - variationMs) / 4
    roundTripMs = roundTripMs === null ? tookMs : roundTripMs + (tookMs - roundTripMs) / 8
    timeoutMs = Math.min(maxTimeoutMs, Math.max(firstTimeoutMs, roundTripMs + 4 * variationMs))
  }

  wire.sendText(
    JSON.stringify({
      MessageSchemaVersion: '1.0',
      RequestId: world.makeUuid(),
      TokenValue: token,
      ClientId: world.makeUuid(),
      ClientVersion: clientVersion,
    }),
  )

  return {
    receive(data, isBinary) {
      // The plugin takes text frames too and finds nothing in them.
      if (over || !isBinary) return
      const frame = unpackFrame(data)
      if ('fault' in frame) return finish(false, `The agent sent ${frame.fault}.`)
      if (frame.type === 'output_stream_data') return takeOutput(frame)
      if (frame.type === 'acknowledge') return takeAcknowledgement(frame.payload)
      if (frame.type === 'channel_closed') {
        const told = readJson(frame.payload)?.Output
        return finish(true, typeof told === 'string' ? told : '')
      }
      if (frame.type === 'pause_publication') paused = true
      if (frame.type === 'start_publication') {
        paused = false
        flush()
      }
    },
    disconnected: (reason) => finish(false, reason),
    write(bytes) {
      // A lone line feed is what a terminal never sends.
      const keys = bytes.length === 1 && bytes[0] === 0x0a ? Buffer.from('\r') : bytes
      for (let at = 0; at < keys.length; at += chunkBytes)
        send(payload.output, Buffer.from(keys.subarray(at, at + chunkBytes)))
    },
    resize(to) {
      currentSize = to
      if (ready) send(payload.size, Buffer.from(JSON.stringify(to)))
    },
    end() {
      if (ready && !over) {
        const flag = Buffer.alloc(4)
        flag.writeUInt32BE(terminateSession)
        put(payload.flag, flag)
      }
      finish(true, '')
    },
  }
}
