import { createHash } from 'node:crypto'

// An own codec, and not `ssm-session` from npm. That library was read line by line against session-manager-plugin: it writes the
// first 32 hexadecimal digits of the digest as text where the raw SHA-256 belongs, computes none for text beyond Latin-1, checks no
// digest, knows no handshake and never resends, and keeps one sequence number for all sessions of a process. Its header layout
// agrees with this one, so tests read our frames with it.

/** One message of the SSM data channel as the console needs it. */
export type Frame = {
  readonly type: string
  readonly sequence: number
  /** 1: first, 2: last of a stream. */
  readonly flags: number
  readonly id: string
  readonly payloadType: number
  readonly payload: Buffer
}

/** Numbers of session-manager-plugin's message package. */
export const payload = {
  output: 1,
  error: 2,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  encryptionChallenge: 8,
  flag: 10,
  standardError: 11,
  exitCode: 12,
} as const

export const terminateSession = 2

const layout = {
  headerLength: 116,
  payload: 120,
  type: [4, 36],
  schemaVersion: 36,
  created: 40,
  sequence: 48,
  flags: 56,
  id: [64, 80],
  digest: [80, 112],
  payloadType: 112,
  payloadLength: 116,
} as const

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/** On the wire a UUID's second half comes first. */
const turned = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(8), bytes.subarray(0, 8)])

const toUuid = (bytes: Buffer): string => {
  const hex = turned(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Packs a frame; `id` is a UUID in text. */
export function packFrame(frame: Frame, createdAtMs: number): Buffer {
  const bytes = Buffer.alloc(layout.payload + frame.payload.length)
  bytes.writeUInt32BE(layout.headerLength, 0)
  bytes.write(frame.type.padEnd(32, ' '), layout.type[0], 32, 'latin1')
  bytes.writeUInt32BE(1, layout.schemaVersion)
  bytes.writeBigUInt64BE(BigInt(createdAtMs), layout.created)
  bytes.writeBigInt64BE(BigInt(frame.sequence), layout.sequence)
  bytes.writeBigUInt64BE(BigInt(frame.flags), layout.flags)
  turned(Buffer.from(frame.id.replaceAll('-', ''), 'hex')).copy(bytes, layout.id[0])
  sha256(frame.payload).copy(bytes, layout.digest[0])
  bytes.writeUInt32BE(frame.payloadType, layout.payloadType)
  bytes.writeUInt32BE(frame.payload.length, layout.payloadLength)
  frame.payload.copy(bytes, layout.payload)
  return bytes
}

/**
 * Unpacks a frame, or says in a few words why it is none. Publication control is not checked, as in session-manager-plugin; for all
 * others the date must be set and the digest must be the payload's.
 */
export function unpackFrame(bytes: Buffer): Frame | { readonly fault: string } {
  if (bytes.length < layout.payload) return { fault: `a frame of ${bytes.length} bytes` }
  const type = bytes
    .subarray(...layout.type)
    .toString('latin1')
    .replaceAll('\0', ' ')
    .trim()
  if (type === '') return { fault: 'a frame without a type' }
  const body = bytes.subarray(layout.payload)
  const sequence = bytes.readBigInt64BE(layout.sequence)
  const checked = type !== 'start_publication' && type !== 'pause_publication'
  if (checked) {
    if (bytes.readUInt32BE(0) !== layout.headerLength) return { fault: 'a header of another length' }
    if (bytes.readBigUInt64BE(layout.created) === 0n) return { fault: 'a frame without a date' }
    if (bytes.readUInt32BE(layout.payloadLength) !== body.length)
      return { fault: 'a payload of another length than it says' }
    if (body.length > 0 && !sha256(body).equals(bytes.subarray(...layout.digest)))
      return { fault: 'a digest that is not the payload’s' }
    if (sequence < 0n || sequence > BigInt(Number.MAX_SAFE_INTEGER))
      return { fault: 'a sequence number out of range' }
  }
  return {
    type,
    sequence: Number(sequence),
    flags: Number(bytes.readBigUInt64BE(layout.flags) & 3n),
    id: toUuid(bytes.subarray(...layout.id)),
    payloadType: bytes.readUInt32BE(layout.payloadType),
    payload: body,
  }
}
