import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeMessage, payloadTypes } from '@/lib/emulator/exec/message'
import { type Fate, makeExecLine } from '../../../support/exec-line'

const begun = (fate?: Parameters<typeof makeExecLine>[0]) => {
  const line = makeExecLine(fate)
  line.clock.advance(200)
  return line
}
const input = (sequenceNumber: number, payloadType: number, payload: string | Buffer) =>
  encodeMessage({
    messageType: 'input_stream_data',
    schemaVersion: 1,
    createdAtMs: 1,
    sequenceNumber,
    flags: 0n,
    messageId: '00000000-0000-4000-8000-000000000000',
    payloadType,
    payload: Buffer.from(payload),
  })

describe('a session', () => {
  it('shakes hands, starts its program, and tells it the size of the window', () => {
    const { program } = begun()
    expect(program.events).toBeDefined()
    expect(program.startedWith).toEqual({ cols: 120, rows: 40 })
  })

  it('starts its program without a size when the client tells none', () => {
    const deaf = makeExecLine((direction, frame) =>
      direction === 'up' && frame.readUInt32BE(112) === payloadTypes.size ? 'is lost' : 'arrives',
    )
    deaf.clock.advance(500)
    expect(deaf.program.startedWith).toEqual({ cols: 80, rows: 24 })
  })

  it('carries output down and keys up', () => {
    const line = begun()
    line.program.events?.output(Buffer.from('$ '))
    line.session.write(Buffer.from('ls'))
    line.session.write(Buffer.from('\n'))
    line.clock.advance(50)
    expect(line.text()).toBe('$ ')
    // A lone line feed is typed as Enter.
    expect(line.typed()).toBe('ls\r')
  })

  it('follows the window, and only to sizes that make sense', () => {
    const line = begun()
    line.session.resize({ cols: 200, rows: 50 })
    line.session.resize({ cols: 0, rows: -1 })
    line.clock.advance(50)
    expect(line.program.sizes).toEqual([{ cols: 200, rows: 50 }])
  })

  it('closes when its program ends, after the last output has arrived', () => {
    const line = begun()
    line.program.events?.output(Buffer.from('x'.repeat(5_000)))
    line.program.events?.ended()
    line.clock.advance(50)
    expect(line.text()).toHaveLength(5_000)
    expect(line.closed).toEqual([{ clean: true, reason: '' }])
    expect(line.agent).toEqual({ ended: 1, closed: true })
  })

  it('says why its program could not be started', () => {
    const line = begun()
    line.program.events?.ended('Unable to start command: no such file')
    line.clock.advance(50)
    expect(line.closed).toEqual([{ clean: true, reason: 'Unable to start command: no such file' }])
  })

  it('ends its program when the client ends the session', () => {
    const line = begun()
    line.session.end()
    line.clock.advance(50)
    expect(line.program.killed).toBe(1)
    expect(line.agent.ended).toBe(1)
  })

  it('ends its program when the connection is gone', () => {
    const line = begun()
    line.channel.disconnected()
    expect(line.program.killed).toBe(1)
    expect(line.agent.ended).toBe(1)
  })

  it('ends when nothing is typed or shown for 20 minutes', () => {
    const line = begun()
    line.clock.advance(19 * 60_000)
    line.session.write(Buffer.from('a'))
    line.clock.advance(19 * 60_000)
    expect(line.closed).toEqual([])
    line.clock.advance(2 * 60_000)
    expect(line.closed).toEqual([{ clean: true, reason: expect.stringContaining('inactivity') }])
    expect(line.program.killed).toBe(1)
  })

  it('ends when no client shakes hands', () => {
    const line = makeExecLine((direction) => (direction === 'up' ? 'is lost' : 'arrives'))
    line.clock.advance(16_000)
    expect(line.program.events).toBeUndefined()
    expect(line.closed).toEqual([{ clean: true, reason: expect.stringContaining('Handshake timed out') }])
  })

  it('serves a client from before the handshake, which begins with its keys', () => {
    const line = makeExecLine(() => 'is lost')
    line.channel.receive(input(0, payloadTypes.size, '{"cols":90,"rows":30}'))
    line.channel.receive(input(1, payloadTypes.output, 'ls'))
    expect(line.program.startedWith).toEqual({ cols: 90, rows: 30 })
    expect(line.typed()).toBe('ls')
  })

  it('holds its program back while nobody acknowledges, and lets it go on then', () => {
    let deaf = false
    const line = begun((direction) => (deaf && direction === 'up' ? 'is lost' : 'arrives'))
    deaf = true
    for (let part = 0; part < 80; part++) line.program.events?.output(Buffer.from('x'.repeat(1_024)))
    line.clock.advance(100)
    expect(line.program).toMatchObject({ paused: 1, resumed: 0 })
    deaf = false
    line.clock.advance(120_000)
    expect(line.program.resumed).toBe(1)
    expect(line.text()).toHaveLength(80 * 1_024)
  })

  it('gives up on a client that acknowledges nothing for minutes', () => {
    let deaf = false
    const line = begun((direction) => (deaf && direction === 'up' ? 'is lost' : 'arrives'))
    deaf = true
    line.program.events?.output(Buffer.from('x'))
    line.clock.advance(15 * 60_000)
    expect(line.program.killed).toBe(1)
    expect(line.agent.ended).toBe(1)
  })
})

describe('on a bad line', () => {
  it('everything arrives, once and in order, whatever is lost, late or doubled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Fate>('arrives', 'arrives', 'is lost', 'is late', 'comes twice'), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.array(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 8 }),
        (fates, texts) => {
          let turn = 0
          // Not a line that loses for ever: that one is given up.
          const line = makeExecLine(() =>
            turn < 400 ? (fates[turn++ % fates.length] ?? 'arrives') : 'arrives',
          )
          line.clock.advance(14_000)
          if (!line.program.events) return
          for (const text of texts) {
            line.program.events.output(Buffer.from(text))
            line.session.write(Buffer.from(`${text}!`))
          }
          line.clock.advance(10 * 60_000)
          expect(line.text()).toBe(texts.join(''))
          expect(line.typed()).toBe(texts.map((text) => `${text}!`).join(''))
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('a hostile client', () => {
  const ends = (frames: readonly Buffer[]) => {
    const line = begun()
    for (const frame of frames) line.channel.receive(frame)
    line.clock.advance(50)
    return line
  }

  it.each<[string, Buffer]>([
    ['a frame of nothing', Buffer.alloc(0)],
    ['bytes', Buffer.alloc(500, 0xff)],
    ['a flag that is no number', input(2, payloadTypes.flag, 'x')],
    ['an acknowledgement of nothing', Buffer.from(input(0, 0, '{}')).fill('acknowledge'.padEnd(32), 4, 36)],
  ])('that sends %s ends its session, and says why', (_what, frame) => {
    const line = ends([frame])
    expect(line.closed).toEqual([{ clean: true, reason: expect.stringMatching(/./) }])
    expect(line.program.killed).toBe(1)
    expect(line.agent.ended).toBe(1)
  })

  it('cannot type the same keys twice', () => {
    const line = begun()
    const frame = input(2, payloadTypes.output, 'once')
    line.channel.receive(frame)
    line.channel.receive(frame)
    expect(line.typed()).toBe('once')
  })

  it('ends at worst its own session, whatever it sends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 }),
        fc.array(fc.record({ number: fc.nat(12), type: fc.nat(13), payload: fc.string() })),
        (noise, messages) => {
          const line = begun()
          for (const { number, type, payload } of messages) line.channel.receive(input(number, type, payload))
          for (const bytes of noise) line.channel.receive(Buffer.from(bytes))
          line.channel.disconnected()
          expect(line.agent.ended).toBe(1)
          // Nothing goes on in the background.
          line.clock.advance(60 * 60_000)
          expect(line.agent.ended).toBe(1)
        },
      ),
    )
  })
})
