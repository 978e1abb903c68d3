import type { TerminalSize } from '../runtime/exec-program'

/** As in the agent's own versions; clients compare them to know what it can do. */
const agentVersion = '3.3.0.0'

/** What the agent asks of a client first: which kind of session this is. */
export const handshakeRequest = (): Buffer =>
  toJson({
    AgentVersion: agentVersion,
    RequestedClientActions: [
      {
        ActionType: 'SessionType',
        ActionParameters: { SessionType: 'Standard_Stream', Properties: {} },
      },
    ],
  })

export const handshakeComplete = (tookMs: number): Buffer =>
  toJson({ HandshakeTimeToComplete: Math.round(tookMs * 1_000_000), CustomerMessage: '' })

export const acknowledgement = (of: {
  readonly messageType: string
  readonly messageId: string
  readonly sequenceNumber: number
}): Buffer =>
  toJson({
    AcknowledgedMessageType: of.messageType,
    AcknowledgedMessageId: of.messageId,
    AcknowledgedMessageSequenceNumber: of.sequenceNumber,
    IsSequentialMessage: true,
  })

/** `output`: why; empty for an ordinary end. */
export const channelClosed = (about: {
  readonly messageId: string
  readonly sessionId: string
  readonly atMs: number
  readonly output: string
}): Buffer =>
  toJson({
    MessageId: about.messageId,
    CreatedDate: new Date(about.atMs).toISOString(),
    DestinationId: about.sessionId,
    SessionId: about.sessionId,
    MessageType: 'channel_closed',
    SchemaVersion: 1,
    Output: about.output,
  })

const toJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

/** A JSON object; undefined for anything else. */
export function readObject(payload: Buffer | string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(payload.toString())
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? Object.fromEntries(Object.entries(parsed))
      : undefined
  } catch {
    // Not JSON: the caller says what that means.
    return undefined
  }
}

/** The problem of a handshake response, or undefined when the client does what was asked. */
export function readHandshakeProblem(payload: Buffer): string | undefined {
  const response = readObject(payload)
  if (!response) return 'The handshake response is not JSON.'
  const actions = response.ProcessedClientActions
  if (!Array.isArray(actions)) return 'The handshake response names no processed actions.'
  for (const action of actions) {
    const { ActionType: type, ActionStatus: status, Error: error } = readObject(JSON.stringify(action)) ?? {}
    if (status !== 1)
      return `The client could not do ${String(type).slice(0, 60)}: ${String(error).slice(0, 200)}`
  }
  return undefined
}

const isSide = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 2_000

/** A terminal size that makes sense; undefined for anything else, which changes nothing. */
export function readSize(payload: Buffer): TerminalSize | undefined {
  const { cols, rows } = readObject(payload) ?? {}
  return isSide(cols) && isSide(rows) ? { cols, rows } : undefined
}
