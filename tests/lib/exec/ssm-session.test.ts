import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { packFrame, payload, unpackFrame } from '@/lib/exec/frame'

type Decoded = {
  readonly headerLength: number
  readonly messageType: string
  readonly schemaVersion: number
  readonly createdDate: number
  readonly sequenceNumber: number
  readonly flags: number
  readonly messageId: string
  readonly payloadType: number
  readonly payloadLength: number
  readonly payload: Uint8Array
}

/** Written by somebody else against the same agent: an independent reader of our frames. */
const {
  ssm,
}: {
  readonly ssm: {
    decode(bytes: Uint8Array): Decoded
    buildInputMessage(text: string, sequence: number): Uint8Array
  }
} = createRequire(import.meta.url)('ssm-session')

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

describe('beside ssm-session', () => {
  it('our frames have the header that it reads', () => {
    const bytes = packFrame(
      {
        type: 'input_stream_data',
        sequence: 513,
        flags: 1,
        id,
        payloadType: payload.size,
        payload: Buffer.from('{}'),
      },
      1_700_000_000_123,
    )
    expect(ssm.decode(bytes)).toMatchObject({
      headerLength: 116,
      messageType: 'input_stream_data',
      schemaVersion: 1,
      createdDate: 1_700_000_000_123,
      sequenceNumber: 513,
      flags: 1,
      messageId: id,
      payloadType: 3,
      payloadLength: 2,
    })
  })

  it('its own frames carry no SHA-256, which is why the console does not use it', () => {
    const frame = Buffer.from(ssm.buildInputMessage('ls', 1))
    expect(frame.subarray(80, 112)).not.toEqual(createHash('sha256').update('ls').digest())
    expect(unpackFrame(frame)).toEqual({ fault: expect.stringContaining('digest') })
  })
})
