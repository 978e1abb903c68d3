import { createHash } from 'node:crypto'

/** Message types of the data channel that this side knows; others are kept as they came. */
export const messageTypes = {
  input: 'input_stream_data',
  output: 'output_stream_data',
  acknowledge: 'acknowledge',
  channelClosed: 'channel_closed',
  start: 'start_publication',
  pause: 'pause_publication',
} as const

/** What a payload is (session-manager-plugin, message package). */
export const payloadTypes = {
  output: 1,
  error: 2,
  size: 3,
  parameter: 4,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  flag: 10,
} as const

/** Values of a `flag` payload: a big-endian 32-bit number. */
export const flagValues = { terminateSession: 2 } as const

/** Bits of `flags`: the first and the last message of a stream. */
export const synFlag = 1n
export const finFlag = 2n

/** One agent message, unpacked. */
export type AgentMessage = {
  readonly messageType: string
  readonly schemaVersion: number
  /** Epoch milliseconds. */
  readonly createdAtMs: number
  /** Counted from 0 in each direction. */
  readonly sequenceNumber: number
  readonly flags: bigint
  readonly messageId: string
  readonly payloadType: number
  readonly payload: Buffer
}

/** A frame that is no agent message; `message` says what is wrong with it. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

const headerLength = 116
const payloadStart = headerLength + 4
const typeLength = 32
const at = {
  type: 4,
  schemaVersion: 36,
  createdDate: 40,
  sequenceNumber: 48,
  flags: 56,
  messageId: 64,
  digest: 80,
  payloadType: 112,
  payloadLength: 116,
} as const

const digestOf = (payload: Buffer): Buffer => createHash('sha256').update(payload).digest()

/** The halves change places on the wire: the plugin writes the UUID's low eight bytes at the end first. */
const swapHalves = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(8, 16), bytes.subarray(0, 8)])

const uuidToBytes = (uuid: string): Buffer => {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  if (bytes.length !== 16) throw new FrameError(`${JSON.stringify(uuid.slice(0, 60))} is not a UUID.`)
  return swapHalves(bytes)
}

const bytesToUuid = (bytes: Buffer): string =>
  swapHalves(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Packs a message, big-endian, as session-manager-plugin does: the type padded with spaces, the digest raw. */
export function encodeMessage(message: AgentMessage): Buffer {
  const { payload } = message
  const frame = Buffer.alloc(payloadStart + payload.length)
  frame.writeUInt32BE(headerLength, 0)
  frame.fill(' ', at.type, at.type + typeLength, 'latin1')
  frame.write(message.messageType, at.type, typeLength, 'latin1')
  frame.writeUInt32BE(message.schemaVersion, at.schemaVersion)
  frame.writeBigUInt64BE(BigInt(message.createdAtMs), at.createdDate)
  frame.writeBigInt64BE(BigInt(message.sequenceNumber), at.sequenceNumber)
  frame.writeBigUInt64BE(message.flags, at.flags)
  uuidToBytes(message.messageId).copy(frame, at.messageId)
  digestOf(payload).copy(frame, at.digest)
  frame.writeUInt32BE(message.payloadType, at.payloadType)
  frame.writeUInt32BE(payload.length, at.payloadLength)
  payload.copy(frame, payloadStart)
  return frame
}

/** Publication control carries no promises about its other fields (the plugin checks nothing of it). */
const isUnchecked = (type: string): boolean => type === messageTypes.start || type === messageTypes.pause

/**
 * Unpacks a frame and checks what session-manager-plugin checks: type, header length, date, and the digest of a payload that
 * is not empty. Throws `FrameError` for anything else.
 */
export function decodeMessage(frame: Buffer): AgentMessage {
  if (frame.length < payloadStart)
    throw new FrameError(`${frame.length} bytes are fewer than the header's ${payloadStart}.`)
  // Some clients pad with NUL, some on the left.
  const messageType = frame
    .toString('latin1', at.type, at.type + typeLength)
    .replaceAll('\0', ' ')
    .trim()
  if (!/^[\x21-\x7e]+$/.test(messageType)) throw new FrameError('The message type is missing or not text.')
  const length = frame.readUInt32BE(at.payloadLength)
  const unchecked = isUnchecked(messageType)
  const header = frame.readUInt32BE(0)
  // The payload starts where the header says it does; both are fixed in this schema.
  if (header !== headerLength && !unchecked)
    throw new FrameError(`The header length is ${header}, not ${headerLength}.`)
  if (length !== frame.length - payloadStart && !unchecked)
    throw new FrameError(`The payload has ${frame.length - payloadStart} bytes and should have ${length}.`)
  const payload = frame.subarray(payloadStart)
  const created = frame.readBigUInt64BE(at.createdDate)
  const sequence = frame.readBigInt64BE(at.sequenceNumber)
  if (!unchecked) {
    if (created === 0n) throw new FrameError('The message has no date.')
    if (sequence < 0n || sequence > BigInt(Number.MAX_SAFE_INTEGER))
      throw new FrameError(`${sequence} is no sequence number.`)
    if (length > 0 && !digestOf(payload).equals(frame.subarray(at.digest, at.digest + 32)))
      throw new FrameError('The digest is not that of the payload.')
  }
  return {
    messageType,
    schemaVersion: frame.readUInt32BE(at.schemaVersion),
    createdAtMs: Number(created),
    sequenceNumber: Number(sequence),
    flags: frame.readBigUInt64BE(at.flags),
    messageId: bytesToUuid(frame.subarray(at.messageId, at.messageId + 16)),
    payloadType: frame.readUInt32BE(at.payloadType),
    payload,
  }
}
