import { decode, encode, type Packet } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { respond } from '@/lib/emulator/dns/respond'
import { addresses, ask, setOf, zonesFrom } from '../../../support/dns-zones'

const api = 'api.production.local'
const many = 'many.production.local'
const bad = 'bad.production.local'
const target = (index: number) => `${String(index).padStart(32, '0')}.${many}`
const zones = zonesFrom('production.local', {
  'production.local': [],
  [api]: [setOf(addresses(2))],
  [many]: [
    setOf(
      Array.from({ length: 30 }, (_, index) => ({
        type: 'SRV',
        healthy: true,
        port: 80,
        target: target(index),
      })),
    ),
    setOf(addresses(8)),
  ],
  // Nobody checked this one: packing it fails.
  [bad]: [setOf([{ type: 'SRV', healthy: true, port: 70_000, target: api }])],
})

const query = (changes: Partial<Packet> = {}): Buffer =>
  encode({ type: 'query', id: 4711, flags: 0x0100, questions: [ask(api)], ...changes })
const edns = (udpPayloadSize: number, ednsVersion = 0): Partial<Packet> => ({
  additionals: [
    {
      type: 'OPT',
      name: '.',
      udpPayloadSize,
      extendedRcode: 0,
      ednsVersion,
      flags: 0,
      flag_do: false,
      options: [],
    },
  ],
})
const send = (bytes: Buffer, transport: 'udp' | 'tcp' = 'udp') =>
  respond(bytes, transport, zones, Math.random)
const codeOf = (bytes: Buffer | undefined) => (bytes?.[3] ?? 0) & 0x0f
const isTruncated = (bytes: Buffer | undefined) => ((bytes?.[2] ?? 0) & 0x02) !== 0

describe('a good query', () => {
  it('is answered with its id, its question and the authority of a zone of its own', () => {
    const reply = decode(send(query()) ?? Buffer.alloc(0))
    expect(reply).toMatchObject({
      id: 4711,
      type: 'response',
      flag_aa: true,
      flag_rd: true,
      flag_ra: false,
      rcode: 'NOERROR',
    })
    expect(reply.questions).toMatchObject([{ name: api, type: 'A', class: 'IN' }])
    expect(reply.answers).toHaveLength(2)
  })

  it('gets its question back in its own case', () => {
    const reply = decode(send(query({ questions: [ask('aPi.PrOdUcTiOn.lOcAl')] })) ?? Buffer.alloc(0))
    expect(reply.questions?.[0]?.name).toBe('aPi.PrOdUcTiOn.lOcAl')
    expect(reply.answers?.[0]?.name).toBe('aPi.PrOdUcTiOn.lOcAl')
  })

  it('captured from dig is answered', () => {
    // dig +noedns api.production.local
    const captured = Buffer.from(
      'a1b201200001000000000000036170690a70726f64756374696f6e056c6f63616c0000010001',
      'hex',
    )
    const reply = send(captured)
    expect(reply?.subarray(0, 2).toString('hex')).toBe('a1b2')
    expect(reply?.readUInt16BE(6)).toBe(2)
  })
})

describe('size', () => {
  it('is cut at 512 bytes by UDP, with the sign to ask by TCP', () => {
    const reply = send(query({ questions: [ask(many, 'SRV')] }))
    expect(isTruncated(reply)).toBe(true)
    expect(reply?.length).toBeLessThan(80)
    expect(decode(reply ?? Buffer.alloc(0)).questions).toHaveLength(1)
  })

  it('is whole by TCP', () => {
    const reply = send(query({ questions: [ask(many, 'SRV')] }), 'tcp')
    expect(isTruncated(reply)).toBe(false)
    expect(decode(reply ?? Buffer.alloc(0)).answers).toHaveLength(8)
  })

  it('may be what EDNS offers, but never more than 1232 bytes', () => {
    const reply = send(query({ questions: [ask(many, 'SRV')], ...edns(4096) }))
    expect(isTruncated(reply) || (reply?.length ?? 0) <= 1232).toBe(true)
    expect(isTruncated(send(query({ questions: [ask(many, 'SRV')], ...edns(600) })))).toBe(true)
    expect(isTruncated(send(query({ questions: [ask(many)], ...edns(1232) })))).toBe(false)
  })

  it('answers EDNS only to who speaks it', () => {
    const without = decode(send(query()) ?? Buffer.alloc(0))
    const withIt = decode(send(query(edns(1232))) ?? Buffer.alloc(0))
    expect(without.additionals).toEqual([])
    expect(withIt.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }])
  })

  it('tells a later EDNS version that it is not known', () => {
    const reply = decode(send(query(edns(1232, 1))) ?? Buffer.alloc(0))
    expect(reply.additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1 }])
    expect(reply.answers).toEqual([])
  })

  it('of a refusal is that of the question', () => {
    const asked = query({ questions: [ask('victim.example.com')] })
    expect(send(asked)?.length).toBe(asked.length)
    expect(codeOf(send(asked))).toBe(5)
  })

  it('of an answer to ANY is that of the question', () => {
    // Type 255, which dns-packet writes for ANY.
    const asked = query()
    asked.writeUInt16BE(255, asked.length - 4)
    expect(codeOf(send(asked))).toBe(4)
    expect(send(asked)?.length).toBeLessThanOrEqual(asked.length)
  })
})

describe('a bad query', () => {
  it.each([0, 1, 11])('of %i bytes is not answered', (length) => {
    expect(send(Buffer.alloc(length))).toBeUndefined()
  })

  it('that is an answer is not answered, so two servers never talk for ever', () => {
    expect(send(encode({ type: 'response', id: 1, questions: [ask(api)] }))).toBeUndefined()
  })

  it('with another opcode is not implemented', () => {
    const notify = query()
    notify[2] = (notify[2] ?? 0) | (4 << 3)
    expect(codeOf(send(notify))).toBe(4)
  })

  it('with no question, or two, is a format error', () => {
    expect(codeOf(send(query({ questions: [] })))).toBe(1)
    expect(codeOf(send(query({ questions: [ask(api), ask(api)] })))).toBe(1)
  })

  it('that claims records it does not have is a format error', () => {
    for (const at of [6, 8, 10]) {
      const bytes = query()
      bytes.writeUInt16BE(65_535, at)
      expect(codeOf(send(bytes))).toBe(1)
    }
  })

  it('with a name that points at itself is a format error', () => {
    const header = query().subarray(0, 12)
    for (const pointer of ['c00c', 'c00d', 'c000', 'ffff', '01610162c00c']) {
      const reply = send(Buffer.concat([header, Buffer.from(`${pointer}00010001`, 'hex')]))
      expect(codeOf(reply)).toBe(1)
      expect(reply).toHaveLength(12)
    }
  })

  it('with a name that never ends is a format error', () => {
    const endless = Buffer.concat([
      query().subarray(0, 12),
      Buffer.from('3f'.padEnd(128, '61').repeat(1000), 'hex'),
    ])
    expect(codeOf(send(endless))).toBe(1)
  })

  it('with a dot or a blank inside a label is a format error, not another name', () => {
    const header = query().subarray(0, 12)
    const label = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
    for (const text of ['a.b', 'a b', 'ä', '\u0000']) {
      const bytes = Buffer.concat([
        header,
        Buffer.from([Buffer.byteLength(text)]),
        Buffer.from(text),
        label('local'),
        Buffer.from('0000010001', 'hex'),
      ])
      expect(codeOf(send(bytes))).toBe(1)
    }
  })

  it('for a record that cannot be packed gets a server failure, and the next query its answer', () => {
    expect(codeOf(send(query({ questions: [ask(bad, 'SRV')] })))).toBe(2)
    expect(codeOf(send(query()))).toBe(0)
  })
})

describe('any bytes at all', () => {
  const check = (bytes: Buffer): void => {
    for (const transport of ['udp', 'tcp'] as const) {
      const reply = send(bytes, transport)
      if (!reply) continue
      expect(reply.length).toBeLessThanOrEqual(transport === 'udp' ? 1232 : 65_535)
      expect(reply.subarray(0, 2)).toEqual(bytes.subarray(0, 2))
      expect((reply[2] ?? 0) & 0x80).toBe(0x80)
    }
  }

  it('never throw, and get an answer with their id or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => check(Buffer.from(bytes))),
      { numRuns: 3000 },
    )
  })

  it('behind a good header never throw', () => {
    const header = query().subarray(0, 12)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => check(Buffer.concat([header, bytes]))),
      { numRuns: 3000 },
    )
  })

  it('that are a good query with some bytes changed never throw', () => {
    const good = query({ questions: [ask(many, 'SRV')], ...edns(1232) })
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(changes, (changed) => {
        const bytes = Buffer.from(good)
        for (const [index, value] of changed) bytes[index] = value
        check(bytes)
      }),
      { numRuns: 3000 },
    )
  })
})
