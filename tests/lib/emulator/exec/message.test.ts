import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AgentMessage,
  decodeMessage,
  encodeMessage,
  FrameError,
  messageTypes,
} from '@/lib/emulator/exec/message'
import { packFrame, unpackFrame } from '@/lib/exec/frame'

const anyMessage = fc.record({
  messageType: fc.constantFrom(...Object.values(messageTypes), 'something_new'),
  schemaVersion: fc.constant(1),
  createdAtMs: fc.integer({ min: 1, max: 2 ** 45 }),
  sequenceNumber: fc.nat(),
  flags: fc.bigInt({ min: 0n, max: 3n }),
  messageId: fc.uuid(),
  payloadType: fc.nat(20),
  payload: fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes)),
})

const one: AgentMessage = {
  messageType: 'input_stream_data',
  schemaVersion: 1,
  createdAtMs: 0x0102030405,
  sequenceNumber: 7,
  flags: 1n,
  messageId: '00112233-4455-6677-8899-aabbccddeeff',
  payloadType: 3,
  payload: Buffer.from('{"cols":80,"rows":24}'),
}

describe('an agent message', () => {
  it('lies on the wire as session-manager-plugin has it', () => {
    const frame = encodeMessage(one)
    expect(frame.length).toBe(120 + one.payload.length)
    expect(frame.readUInt32BE(0)).toBe(116)
    expect(frame.toString('latin1', 4, 36)).toBe('input_stream_data               ')
    expect(frame.readUInt32BE(36)).toBe(1)
    expect(frame.subarray(40, 48).toString('hex')).toBe('0000000102030405'.padStart(16, '0'))
    expect(frame.readBigInt64BE(48)).toBe(7n)
    expect(frame.readBigUInt64BE(56)).toBe(1n)
    // The UUID's halves change places.
    expect(frame.subarray(64, 80).toString('hex')).toBe('8899aabbccddeeff0011223344556677')
    expect(frame.subarray(80, 112)).toEqual(createHash('sha256').update(one.payload).digest())
    expect(frame.readUInt32BE(112)).toBe(3)
    expect(frame.readUInt32BE(116)).toBe(one.payload.length)
    expect(frame.subarray(120)).toEqual(one.payload)
  })

  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeMessage(encodeMessage(message))).toEqual(message)
      }),
    )
  })

  it('is read the same by the console, which has a codec of its own, and the other way round', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const frame = unpackFrame(encodeMessage(message))
        expect(frame).toEqual({
          type: message.messageType,
          sequence: message.sequenceNumber,
          flags: Number(message.flags),
          id: message.messageId,
          payloadType: message.payloadType,
          payload: message.payload,
        })
        if ('fault' in frame) throw new Error(frame.fault)
        expect(decodeMessage(packFrame(frame, message.createdAtMs))).toEqual(message)
      }),
    )
  })

  it.each(['\0', ' '])('may be padded with %j on either side', (padding) => {
    const frame = encodeMessage(one)
    frame.write(one.messageType.padStart(32, padding), 4, 'latin1')
    expect(decodeMessage(frame).messageType).toBe(one.messageType)
    frame.write(one.messageType.padEnd(32, padding), 4, 'latin1')
    expect(decodeMessage(frame).messageType).toBe(one.messageType)
  })

  it.each<[string, (frame: Buffer) => Buffer]>([
    ['is cut short', (frame) => frame.subarray(0, 119)],
    ['lost the end of its payload', (frame) => frame.subarray(0, -1)],
    ['has more than it says', (frame) => Buffer.concat([frame, Buffer.from('x')])],
    ['has another header length', (frame) => edit(frame, (bytes) => bytes.writeUInt32BE(120, 0))],
    ['has no type', (frame) => edit(frame, (bytes) => bytes.fill(0, 4, 36))],
    ['has no date', (frame) => edit(frame, (bytes) => bytes.fill(0, 40, 48))],
    ['has a wrong digest', (frame) => edit(frame, (bytes) => bytes.writeUInt8(bytes.readUInt8(80) ^ 1, 80))],
    ['has another payload', (frame) => edit(frame, (bytes) => bytes.writeUInt8(0, 120))],
    ['counts below zero', (frame) => edit(frame, (bytes) => bytes.writeBigInt64BE(-1n, 48))],
    [
      'counts beyond what a number holds',
      (frame) => edit(frame, (bytes) => bytes.writeBigInt64BE(2n ** 60n, 48)),
    ],
  ])('is refused when it %s', (_what, broken) => {
    expect(() => decodeMessage(broken(encodeMessage(one)))).toThrow(FrameError)
    expect(unpackFrame(broken(encodeMessage(one)))).toHaveProperty('fault')
  })

  it('of publication control is not checked', () => {
    const frame = encodeMessage({ ...one, messageType: 'pause_publication' })
    frame.fill(0, 40, 48)
    frame.fill(0, 80, 112)
    expect(decodeMessage(frame).messageType).toBe('pause_publication')
    expect(unpackFrame(frame)).toMatchObject({ type: 'pause_publication' })
  })

  it('is refused or read, and never anything else, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          decodeMessage(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
        expect(unpackFrame(Buffer.from(bytes))).toBeTypeOf('object')
      }),
    )
  })
})

function edit(frame: Buffer, change: (bytes: Buffer) => unknown): Buffer {
  const copy = Buffer.from(frame)
  change(copy)
  return copy
}
